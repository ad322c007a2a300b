package dev.tarn;

import dev.tarn.cli.FakeServer;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;

/** Stands in for the server's main class in the tests of what starts it: the same options, the same credentials file. */
public final class TarnServer {
    private TarnServer() {}

    /** Serves until it is told to stop. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = Arrays.asList(arguments);
        System.out.println("arguments: " + options + ", root: " + System.getProperty("tarn.root"));
        if (options.contains("--help")) {
            return;
        }
        if (List.of("backup", "restore", "check").contains(options.getFirst())) {
            System.out.println("passphrase: " + new Scanner(System.in, StandardCharsets.UTF_8).nextLine());
            System.err.println("tarn: said by the server's program");
            System.exit(options.contains("--replace") ? 5 : 0);
        }
        Path home = Path.of(options.get(options.indexOf("--home") + 1));
        int port = options.contains("--port") ? Integer.parseInt(options.get(options.indexOf("--port") + 1)) : 0;
        try (FakeServer server = new FakeServer(port)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopped gracefully")));
            Files.writeString(home.resolve("credentials.json"), server.credentials());
            new CountDownLatch(1).await();
        } catch (BindException e) {
            System.err.println("Port " + port + " is taken; choose another with --port.");
            System.exit(1);
        }
    }
}
