package dev.tarn.cli.client;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Requests to one server with one key. It never follows a redirect, so the key goes nowhere else. */
public final class TarnClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** For calls that look something up; statements and loads may take as long as the server lets them. */
    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(60);

    private static final int PAGE = 1_000;
    private static final int NO_CONTENT = 204;

    private final URI url;
    private final @Nullable String key;
    private final HttpClient http;

    public TarnClient(URI url, @Nullable String key) {
        this.url = url;
        this.key = key;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER);
        this.http = ("http".equals(url.getScheme()) ? builder.sslContext(trustingNobody()) : builder).build();
    }

    /** Reading the machine's certificates takes a third of a short command's time, and plain HTTP needs none of them. */
    private static SSLContext trustingNobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no TLS.", e);
        }
    }

    public URI url() {
        return url;
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public JsonObject fetch(String path) throws RequestException {
        return object(request(path).timeout(LOOKUP_TIMEOUT).GET());
    }

    public JsonObject fetch(PathQuery query) throws RequestException {
        return fetch(query.toString());
    }

    public List<JsonObject> fetchAll(PathQuery query, String member) throws RequestException {
        return fetchAll(query.toString(), member);
    }

    /** Every element of a paged list; {@code path} has its query already. */
    public List<JsonObject> fetchAll(String path, String member) throws RequestException {
        List<JsonObject> all = new ArrayList<>();
        String cursor = null;
        do {
            String separator = path.contains("?") ? "&" : "?";
            JsonObject page =
                    fetch(path + separator + "limit=" + PAGE + (cursor == null ? "" : "&cursor=" + encode(cursor)));
            all.addAll(page.objects(member));
            cursor = page.text("next_cursor");
        } while (cursor != null);
        return all;
    }

    public JsonObject post(String path, JsonObject body) throws RequestException {
        return object(posting(path, body));
    }

    /** A wish that is carried out once, however often it is sent under the same key. */
    public JsonObject post(String path, JsonObject body, String idempotencyKey) throws RequestException {
        return object(posting(path, body).header("Idempotency-Key", idempotencyKey));
    }

    /** Sends a whole new state; an answer without a body reads as an empty object. */
    public JsonObject put(String path, JsonObject body) throws RequestException {
        return changed("PUT", path, body);
    }

    /** Sends the members that change; an answer without a body reads as an empty object. */
    public JsonObject patch(String path, JsonObject body) throws RequestException {
        return changed("PATCH", path, body);
    }

    private JsonObject changed(String method, String path, JsonObject body) throws RequestException {
        HttpRequest.Builder request = request(path)
                .timeout(LOOKUP_TIMEOUT)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(Json.write(body)));
        return object(request);
    }

    /** An answer of any kind, as it arrives; the caller closes its body. */
    public record Opened(InputStream body, Map<String, String> headers) implements AutoCloseable {
        /** A header by its lower-case name, else an empty text. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** Posts a wish for a file; whatever its kind is, an error is JSON. */
    public Opened download(String path, JsonObject body) throws RequestException {
        return opened(respond(posting(path, body).setHeader("Accept", "*/*")));
    }

    public Opened download(String path) throws RequestException {
        return opened(respond(request(path).setHeader("Accept", "*/*").GET()));
    }

    private static Opened opened(HttpResponse<InputStream> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Opened(response.body(), headers);
    }

    public void delete(String path) throws RequestException {
        try (InputStream body = send(request(path).timeout(LOOKUP_TIMEOUT).DELETE())) {
            body.skipNBytes(0);
        } catch (IOException e) {
            throw new RequestException.Broken(url, reason(e));
        }
    }

    /** The answer's body as it arrives; the caller closes it. */
    public InputStream open(String path, JsonObject body) throws RequestException {
        return send(posting(path, body));
    }

    /**
     * Sends a body of any size. {@code Expect: 100-continue} lets the server refuse (no right, the table exists) before
     * gigabytes are under way, and lets us hear why instead of a broken pipe.
     */
    public JsonObject upload(String path, String contentType, String idempotencyKey, BodyPublisher body)
            throws RequestException {
        return object(request(path)
                .header("Content-Type", contentType)
                .header("Idempotency-Key", idempotencyKey)
                .expectContinue(true)
                .POST(body));
    }

    /** Whether the server says that it takes work. */
    public boolean ready() {
        try {
            HttpRequest request = HttpRequest.newBuilder(resolve("/readyz"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpRequest.Builder posting(String path, JsonObject body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(Json.write(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(resolve(path)).header("Accept", "application/json");
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return request;
    }

    private URI resolve(String path) {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private JsonObject object(HttpRequest.Builder request) throws RequestException {
        HttpResponse<InputStream> response = respond(request);
        try (InputStream body = response.body()) {
            if (response.statusCode() == NO_CONTENT) {
                return JsonObject.of();
            }
            if (Json.read(body) instanceof JsonObject object) {
                return object;
            }
            throw new RequestException.Strange(url, "JSON that is no object");
        } catch (JacksonException e) {
            throw new RequestException.Strange(url, "something that is no JSON");
        } catch (IOException e) {
            throw new RequestException.Broken(url, reason(e));
        }
    }

    private InputStream send(HttpRequest.Builder request) throws RequestException {
        return respond(request).body();
    }

    private HttpResponse<InputStream> respond(HttpRequest.Builder request) throws RequestException {
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            int status = response.statusCode();
            if (status >= 200 && status < 300) {
                return response;
            }
            try (InputStream body = response.body()) {
                throw new RequestException.Refused(Problem.read(status, body));
            }
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new RequestException.Unreachable(url, unresolved(e) ? "unknown host" : reason(e));
        } catch (IOException e) {
            throw new RequestException.Broken(url, reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestException.Broken(url, "interrupted");
        }
    }

    private static boolean unresolved(Throwable e) {
        return e instanceof UnresolvedAddressException || (e.getCause() != null && unresolved(e.getCause()));
    }

    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return failure instanceof ConnectException ? "connection refused" : "no reason given";
    }
}
