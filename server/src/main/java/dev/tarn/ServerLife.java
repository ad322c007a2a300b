package dev.tarn;

import dev.tarn.access.FirstStart;
import dev.tarn.access.NewTenant;
import dev.tarn.api.ApiSettings;
import dev.tarn.api.EdgeSettings;
import dev.tarn.api.ServerSettings;
import dev.tarn.api.TlsSettings;
import dev.tarn.platform.Home;
import dev.tarn.platform.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * From "it listens" to "it is ready", and from "stop" to "nothing runs". The first administrator is made when the server
 * listens already, and the server becomes ready when the credentials are written: whoever sees {@code /readyz} say 200 finds
 * the file.
 */
@Component
class ServerLife implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLife.class);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FirstStart firstStart;
    private final Home home;
    private final Readiness readiness;
    private final ServerSettings server;
    private final ApiSettings api;
    private final EdgeSettings edge;
    private final TlsSettings tls;
    private final Environment environment;

    ServerLife(
            FirstStart firstStart,
            Home home,
            Readiness readiness,
            ServerSettings server,
            ApiSettings api,
            EdgeSettings edge,
            TlsSettings tls,
            Environment environment) {
        this.firstStart = firstStart;
        this.home = home;
        this.readiness = readiness;
        this.server = server;
        this.api = api;
        this.edge = edge;
        this.tls = tls;
        this.environment = environment;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        String url = url();
        firstStart.begin(home.folder().toString()).ifPresent(made -> {
            Home.writePrivately(home.credentials(), credentials(url, made));
            firstStart.finish();
            LOG.info("The first administrator is made; {} holds the password and a key", home.credentials());
        });
        keepAddress(url);
        readiness.ready();
        LOG.info("Tarn serves {} from {}", url, home.folder());
    }

    /** The port may be another one than at the last start, and the command line finds the server by this file. */
    private void keepAddress(String url) {
        if (!Files.exists(home.credentials())) {
            return;
        }
        try {
            JsonNode kept = JSON.readTree(Files.readString(home.credentials()));
            if (kept instanceof ObjectNode credentials
                    && !url.equals(credentials.path("url").asString(""))) {
                credentials.put("url", url);
                Home.writePrivately(home.credentials(), text(credentials));
            }
        } catch (IOException | JacksonException e) {
            LOG.warn("The address in {} could not be brought up to date", home.credentials(), e);
        }
    }

    private static String credentials(String url, NewTenant made) {
        Map<String, String> credentials = new LinkedHashMap<>();
        credentials.put("url", url);
        credentials.put("tenant_id", made.tenant().id().toString());
        credentials.put("username", made.username());
        credentials.put("password", made.password());
        credentials.put("key", made.key().secret());
        return text(credentials);
    }

    private static String text(Object credentials) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(credentials) + "\n";
    }

    private String url() {
        return edge.address().orElseGet(this::ownUrl);
    }

    private String ownUrl() {
        String host = switch (server.host()) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            case String literal when literal.contains(":") -> "[" + literal + "]";
            case String name -> name;
        };
        return (tls.isOn() ? "https://" : "http://") + host + ":"
                + environment.getProperty("local.server.port", Integer.toString(server.port()));
    }

    /** Comes before anything is torn down: the server still answers, and nothing new begins. */
    @EventListener
    void stop(ContextClosedEvent closed) {
        LOG.info("Tarn is stopping");
        readiness.stop(api.stop());
    }
}
