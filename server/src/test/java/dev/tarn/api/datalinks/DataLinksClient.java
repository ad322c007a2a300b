package dev.tarn.api.datalinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls as the published clients make them: no Accept header, and no Content-Type either from the oldest. */
final class DataLinksClient {
    private final RunningServer server;
    private final String token;

    DataLinksClient(RunningServer server, String token) {
        this.server = server;
        this.token = token;
    }

    String token() {
        return token;
    }

    Reply get(String path) {
        return send("GET", path, null);
    }

    Reply post(String path, String json) {
        return server.send("POST", path, json, "Authorization", "Bearer " + token, "Content-Type", "application/json");
    }

    Reply send(String method, String path, @Nullable String body) {
        return server.send(method, path, body, "Authorization", "Bearer " + token);
    }

    /** A request of exactly these headers, and the whole answer. */
    String raw(String method, String path, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + token + "\r\nContent-Length: " + bytes.length + "\r\n" + headers + "\r\n";
        try (Socket socket =
                        new Socket(server.address().getHost(), server.address().getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client of a new user with that role. */
    static DataLinksClient user(RunningServer server, String name, String role) {
        Reply user = server.post(
                "/tarn/v1/users",
                "{\"name\":\"%s\",\"password\":\"a good password\",\"roles\":[\"%s\"]}".formatted(name, role));
        assertThat(user.status()).as(user.toString()).isEqualTo(201);
        Reply key = server.post("/tarn/v1/keys", "{\"name\":\"test\",\"user\":\"" + name + "\"}");
        assertThat(key.status()).as(key.toString()).isEqualTo(201);
        return new DataLinksClient(server, key.json().path("key").asString());
    }

    static String newName(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    void load(String table, String csv) {
        Reply loaded = server.send(
                "POST",
                "/tarn/v1/loads?filename=d.csv&table=" + table,
                csv,
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "text/csv");
        assertThat(loaded.status()).as(loaded.toString()).isEqualTo(200);
    }

    Reply select(String table) {
        return post("/v1/sql/execute", "{\"statement\":\"SELECT * FROM " + table + "\"}");
    }
}
