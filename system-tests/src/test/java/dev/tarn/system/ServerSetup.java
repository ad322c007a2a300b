package dev.tarn.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a server is started.
 *
 * @param home its folder
 * @param port where it listens
 * @param database the shared metadata database and warehouse; those of the home when empty
 * @param environment its settings, {@code TARN_*}
 */
record ServerSetup(Path home, int port, Optional<Shared> database, Map<String, String> environment) {
    private static final Path ROOT =
            Path.of(System.getProperty("tarn.root", "..")).toAbsolutePath().normalize();

    /** 32 bytes in base 64: servers of one database need the same key of secrets. */
    private static final String SHARED_KEY = "c3lzdGVtIHRlc3RzIHNlYWwgd2l0aCB0aGlzIGtleTE=";

    /** What several servers share. */
    record Shared(String url, Path warehouse) {}

    static ServerSetup on(Path home) {
        return new ServerSetup(home, freePort(), Optional.empty(), Map.of());
    }

    ServerSetup with(String setting, String value) {
        Map<String, String> settings = new LinkedHashMap<>(environment);
        settings.put(setting, value);
        return new ServerSetup(home, port, database, settings);
    }

    ServerSetup sharing(String url, Path warehouse) {
        return new ServerSetup(home, port, Optional.of(new Shared(url, warehouse)), environment);
    }

    ServerSetup onPort(int other) {
        return new ServerSetup(home, other, database, environment);
    }

    Path warehouse() {
        return database.map(Shared::warehouse).orElse(home.resolve("warehouse"));
    }

    String databaseUrl() {
        return database.map(Shared::url).orElse("jdbc:sqlite:" + home.resolve("tarn.db"));
    }

    /** Where the process writes what it says, as the quick start has it. */
    Path log() {
        return home.resolve("logs").resolve("server.log");
    }

    /** Starts the process as the launcher's {@code serve} does. */
    Process launch() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + ROOT.resolve("server/jvm.options"));
        Path cache = ROOT.resolve("server/target/tarn-server.aot");
        if (Files.exists(cache)) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        command.addAll(List.of("-Dtarn.root=" + ROOT, "-cp", ROOT.resolve("server/target/app") + "/*"));
        command.addAll(List.of("dev.tarn.TarnServer", "--home", home.toString(), "--port", Integer.toString(port)));
        database.ifPresent(shared -> command.addAll(List.of(
                "--database-url",
                shared.url(),
                "--warehouse",
                shared.warehouse().toString())));
        try {
            Files.createDirectories(log().getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("TARN_"));
            builder.environment().putAll(environment);
            if (database.isPresent()) {
                builder.environment().putIfAbsent("TARN_SECRET_KEY", SHARED_KEY);
            }
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("The server cannot be started", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
