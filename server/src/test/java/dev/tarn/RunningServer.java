package dev.tarn;

import dev.tarn.access.Caller;
import dev.tarn.access.Credentials;
import dev.tarn.access.NewTenant;
import dev.tarn.access.Tenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real server in this JVM, on a free port, with a new home folder and SQLite, driven over HTTP. {@link #shared} is started
 * once a JVM; tests that stop it, or need settings, start their own.
 */
public final class RunningServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Homes of this JVM's servers by their administrators' keys. */
    private static final Map<String, Path> HOMES = new ConcurrentHashMap<>();

    private final ConfigurableApplicationContext context;
    private final Path home;
    private final URI address;
    private final String key;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private Optional<NewTenant> other = Optional.empty();

    private RunningServer(ConfigurableApplicationContext context, Path home, String key) {
        this.context = context;
        this.home = home;
        this.address = URI.create("http://" + context.getEnvironment().getProperty("tarn.host", "127.0.0.1") + ":"
                + context.getEnvironment().getProperty("local.server.port"));
        this.key = key;
        HOMES.putIfAbsent(key, home);
    }

    /** The server that all tests of this JVM share. */
    public static RunningServer shared() {
        return Shared.SERVER;
    }

    /** Starts one in a new home folder; settings are {@code name=value}. */
    public static RunningServer start(String... settings) {
        try {
            return start(Files.createTempDirectory("tarn-test"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one in a new home folder, whose time is that of the clock. */
    public static RunningServer start(Clock clock, String... settings) {
        try {
            return start(clock, Files.createTempDirectory("tarn-test"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one in that home folder. */
    public static RunningServer start(Path home, String... settings) {
        return started(context(home, own -> {}, settings), home);
    }

    /** Starts one in that home folder, whose time is that of the clock. */
    public static RunningServer start(Clock clock, Path home, String... settings) {
        return started(context(home, with(clock), settings), home);
    }

    private static ApplicationContextInitializer<GenericApplicationContext> with(Clock clock) {
        return context -> context.registerBean("clock", Clock.class, () -> clock);
    }

    private static RunningServer started(ConfigurableApplicationContext context, Path home) {
        JsonNode credentials = JSON.readTree(home.resolve("credentials.json").toFile());
        return new RunningServer(context, home, credentials.get("key").asString());
    }

    /** Starts one more server on a database that has its administrator; it gets the first one's key of secrets. */
    public static RunningServer join(Path home, String key, String... settings) {
        return join(home, key, own -> {}, settings);
    }

    /** {@link #join(Path, String, String...)}, whose time is that of the clock. */
    public static RunningServer join(Clock clock, Path home, String key, String... settings) {
        return join(home, key, with(clock), settings);
    }

    private static RunningServer join(
            Path home, String key, ApplicationContextInitializer<GenericApplicationContext> own, String... settings) {
        Path first = HOMES.get(key);
        if (first != null && !Files.exists(home.resolve("secret.key"))) {
            try {
                Files.createDirectories(home);
                Files.copy(first.resolve("secret.key"), home.resolve("secret.key"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new RunningServer(context(home, own, settings), home, key);
    }

    private static ConfigurableApplicationContext context(
            Path home, ApplicationContextInitializer<GenericApplicationContext> own, String... settings) {
        List<String> wanted = List.of(settings);
        // Tables stay as tests leave them, unless a test wants otherwise.
        boolean rounds = wanted.stream().anyMatch(setting -> setting.startsWith("tarn.upkeep.rounds="));
        List<String> all = Stream.concat(
                        Stream.of(
                                "tarn.port=0",
                                "tarn.root=" + root(),
                                "logging.level.root=warn",
                                "logging.level.dev.tarn=warn"),
                        Stream.concat(rounds ? Stream.empty() : Stream.of("tarn.upkeep.rounds=1000d"), wanted.stream()))
                .map(setting -> "--" + setting)
                .toList();
        return ServerProcess.start(home, all, own);
    }

    /** The repository's folder, wherever Maven or an IDE runs the tests. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("server"))
                ? here
                : here.resolve("..").normalize();
    }

    public Path home() {
        return home;
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /** The administrator's key. */
    public String key() {
        return key;
    }

    /** A bean of the server, for what no call can bring about. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The administrator, as a caller. */
    public Caller admin() {
        return bean(Credentials.class).authenticate(key, Caller.Origin.LOCAL);
    }

    /** The administrator's key of a second tenant, which is made at the first call. */
    public synchronized String keyOfAnotherTenant() {
        if (other.isEmpty()) {
            String name = "other-" + UUID.randomUUID();
            other = Optional.of(bean(Tenants.class).create(admin(), name, name));
        }
        return other.get().key().secret();
    }

    /** What a server answered. */
    public record Reply(int status, HttpHeaders headers, String body) {
        /** The body as JSON. */
        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** The first value of a header, or an empty text. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** GET with the administrator's key. */
    public Reply get(String path) {
        return send("GET", path, null, "Authorization", "Bearer " + key);
    }

    /** POST of JSON with the administrator's key. */
    public Reply post(String path, String json) {
        return send("POST", path, json, "Authorization", "Bearer " + key, "Content-Type", "application/json");
    }

    /** PATCH with JSON and the administrator's key. */
    public Reply patch(String path, String json) {
        return send("PATCH", path, json, "Authorization", "Bearer " + key, "Content-Type", "application/json");
    }

    /** PUT of JSON with the administrator's key. */
    public Reply put(String path, String json) {
        return send("PUT", path, json, "Authorization", "Bearer " + key, "Content-Type", "application/json");
    }

    /** DELETE with the administrator's key. */
    public Reply delete(String path) {
        return send("DELETE", path, null, "Authorization", "Bearer " + key);
    }

    /** Sends exactly this: headers are names and values in turn. */
    public Reply send(String method, String path, @Nullable String body, String... headers) {
        return sendBody(
                method,
                path,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8),
                headers);
    }

    /** Sends a body of any kind. */
    public Reply sendBody(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }

    private static final class Shared {
        static final RunningServer SERVER = start();
    }
}
