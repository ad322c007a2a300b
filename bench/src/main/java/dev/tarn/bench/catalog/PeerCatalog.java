package dev.tarn.bench.catalog;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.Folders;
import dev.tarn.bench.harness.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Iceberg's own REST catalog server (of its compatibility kit) over its JDBC catalog on SQLite: a process of its own. */
record PeerCatalog(Process process, CatalogSide side, Path database) implements AutoCloseable {
    private static final long READY_WITHIN_MS = 60_000;

    static PeerCatalog start(Path root) throws BenchmarkException, IOException, InterruptedException {
        Path home = root.resolve("bench/target/catalog-peer");
        Folders.delete(home);
        Files.createDirectories(home);
        int port = freePort();
        Path database = home.resolve("catalog.db");
        ProcessBuilder builder = new ProcessBuilder(
                        JavaCommand.executable(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx1g",
                        "-cp",
                        classPath(root),
                        "org.apache.iceberg.rest.RESTCatalogServer")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("peer.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "CATALOG_REST_PORT",
                        Integer.toString(port),
                        "CATALOG_URI",
                        "jdbc:sqlite:" + database,
                        "CATALOG_WAREHOUSE",
                        home.resolve("warehouse").toString(),
                        // Hadoop's files do not work on today's JDK, and would do more at each call.
                        "CATALOG_IO__IMPL",
                        "org.apache.iceberg.TestTables$LocalFileIO"));
        Process process = builder.start();
        CatalogSide side = CatalogSide.of("Iceberg's", "http://127.0.0.1:" + port + "/v1", "", process.pid());
        PeerCatalog peer = new PeerCatalog(process, side, database);
        peer.waitUntilReady();
        return peer;
    }

    private void waitUntilReady() throws BenchmarkException, InterruptedException {
        for (long waited = 0; waited < READY_WITHIN_MS && process.isAlive(); waited += 100) {
            try {
                side.get("/namespaces");
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        close();
        throw new BenchmarkException("Iceberg's server does not start; see bench/target/catalog-peer/peer.log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String classPath(Path root) throws BenchmarkException, IOException, InterruptedException {
        Process script = new ProcessBuilder(
                        root.resolve("scripts/catalog-peer.sh").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines;
        try (BufferedReader output = script.inputReader(StandardCharsets.UTF_8)) {
            lines = output.lines().filter(line -> !line.isBlank()).toList();
        }
        if (script.waitFor() != 0 || lines.isEmpty()) {
            throw new BenchmarkException("scripts/catalog-peer.sh failed");
        }
        return lines.getLast();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
