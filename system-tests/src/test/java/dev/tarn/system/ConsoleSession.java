package dev.tarn.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** What the console does in a browser: it signs in, keeps the cookie, and sends the CSRF token with what changes something. */
final class ConsoleSession {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private String cookie = "";
    private String csrfToken = "";

    ConsoleSession(URI server) {
        this.server = server;
    }

    Answer signIn(String username, String password) throws IOException, InterruptedException {
        Answer answer = post("/tarn/v1/session", Map.of("username", username, "password", password));
        cookie = answer.headers()
                .firstValue("Set-Cookie")
                .map(header -> header.replaceFirst(";.*", ""))
                .orElse("");
        csrfToken = answer.status() == 200 ? answer.json().path("csrf_token").asString() : "";
        return answer;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body))));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie).header("X-CSRF-Token", csrfToken);
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }
}
