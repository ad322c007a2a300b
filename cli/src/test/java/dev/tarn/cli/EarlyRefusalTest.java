package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that refuses a load by its head reads none of its body, and its reason must be heard all the same. */
class EarlyRefusalTest {
    @TempDir
    private Path folder;

    @Test
    @Timeout(20)
    void theReasonIsHeardBeforeTheBodyIsSent() throws Exception {
        Path big = folder.resolve("big.csv");
        try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(4L << 30);
        }
        List<String> heads = new CopyOnWriteArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuse(server, heads));
            var result = new CommandRun()
                    .run(
                            "load",
                            big.toString(),
                            "--table",
                            "iceberg.shop.t",
                            "--key",
                            "k",
                            "--url",
                            "http://127.0.0.1:" + server.getLocalPort());

            assertThat(result.err()).endsWith("big.csv: The table exists already.\n");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(heads).contains("Expect: 100-Continue", "Content-Length: 4294967296");
        }
    }

    private static void refuse(ServerSocket server, List<String> heads) {
        try (Socket socket = server.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                heads.add(line);
            }
            String body = "{\"status\":409,\"code\":\"already_exists\",\"detail\":\"The table exists already.\"}";
            socket.getOutputStream()
                    .write(("HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nConnection: close\r\n"
                                    + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            heads.add("failed: " + e);
        }
    }
}
