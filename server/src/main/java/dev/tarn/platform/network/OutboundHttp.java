package dev.tarn.platform.network;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Calls URLs that a tenant wrote into a setting. So that nobody reaches through the server what only the server reaches, a host
 * is called when all of its addresses are public, or in a range that the operator allows; redirections are not followed; answers
 * have a limit of size and time. The addresses are looked at right before the call, which takes them from the JVM's own cache
 * (30 s), so that a name cannot change its meaning in between.
 */
public final class OutboundHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 20;

    private final List<AddressRange> allowed;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    public OutboundHttp(OutboundSettings settings) {
        this.allowed = settings.ranges();
    }

    /** An answer, which is text; of at most 1 MiB, unless more was allowed. */
    public record Answer(int status, String body) {}

    /** Fetches a URL. */
    public Answer get(URI uri) throws IOException {
        return send(HttpRequest.newBuilder(checked(uri)).GET(), MOST_BYTES);
    }

    /**
     * Fetches a URL with a credential.
     *
     * @param mostBytes how long an answer may be
     */
    public Answer get(URI uri, Optional<String> authorization, int mostBytes) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(checked(uri)).GET();
        authorization.ifPresent(value -> request.header("Authorization", value));
        return send(request, mostBytes);
    }

    /** Returns when the URL may be called. */
    public void require(URI uri) throws IOException {
        checked(uri);
    }

    /** Posts a form. */
    public Answer post(URI uri, String form, Optional<String> authorization) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(checked(uri))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form, StandardCharsets.US_ASCII));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return send(request, MOST_BYTES);
    }

    private Answer send(HttpRequest.Builder request, int mostBytes) throws IOException {
        try {
            HttpResponse<InputStream> response = client.send(
                    request.timeout(WHOLE).header("Accept", "application/json").build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(mostBytes + 1);
                if (bytes.length > mostBytes) {
                    throw new IOException("The answer is larger than %d MiB".formatted(mostBytes >> 20));
                }
                return new Answer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The server is stopping", e);
        }
    }

    /** The same URI when it may be called. */
    private URI checked(URI uri) throws IOException {
        String host = uri.getHost();
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        if (host == null || uri.getRawUserInfo() != null || !(https || "http".equalsIgnoreCase(uri.getScheme()))) {
            throw new IOException("The address is no https URL");
        }
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        for (InetAddress address : InetAddress.getAllByName(name)) {
            boolean granted = AddressRange.anyContains(allowed, address);
            if (!granted && !PublicAddresses.contain(address)) {
                throw new IOException("The host " + host
                        + " is in a private network; the operator can allow that with tarn.outbound.allow-private");
            }
            if (!granted && !https) {
                throw new IOException("The address does not begin with https://");
            }
        }
        return uri;
    }

    @Override
    public void close() {
        client.close();
    }
}
