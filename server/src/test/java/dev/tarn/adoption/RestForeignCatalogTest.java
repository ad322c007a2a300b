package dev.tarn.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.network.OutboundHttp;
import dev.tarn.platform.network.OutboundSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Catalogs that answer as ours does not: in pages, without levels, with tokens that expire, with nonsense. */
class RestForeignCatalogTest {
    private final OutboundHttp http = new OutboundHttp(new OutboundSettings(List.of("127.0.0.1")));
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private String token = "first";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answers.put("/c/v1/config?warehouse=a%20b", "{\"overrides\": {\"prefix\": \"p/q\"}, \"defaults\": {}}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.close();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        if (path.equals("/c/v1/oauth/tokens")) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean right =
                    form.equals("grant_type=client_credentials&scope=catalog&client_id=id&client_secret=s%3A%26");
            send(exchange, right ? 200 : 401, "{\"access_token\": \"" + token + "\"}");
        } else if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, "{}");
        } else if (path.contains("redirected")) {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            send(exchange, 302, "");
        } else {
            String found = answers.get(path);
            send(exchange, found == null ? 404 : 200, found == null ? "{}" : found);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private RestForeignCatalog catalog() {
        WantedAdoption wanted = new WantedAdoption(
                WantedAdoption.Kind.REST,
                "http://127.0.0.1:" + server.getAddress().getPort() + "/c//",
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                false);
        CatalogSecret secret = new CatalogSecret(CatalogSecret.Kind.CREDENTIAL, "id:s:&");
        return new RestForeignCatalog(new RestCatalogCalls(http, wanted, secret), Optional.of("a b"));
    }

    private static List<TableIdentifier> tables(RestForeignCatalog catalog, @Nullable String namespace) {
        TableChoice choice = new TableChoice(namespace == null ? List.of() : List.of(namespace), List.of());
        return catalog.tables(choice, () -> {});
    }

    @Test
    void pagesAreFollowedAndListsThatRepeatEnd() {
        answers.put("/c/v1/p/q/namespaces", "{\"namespaces\": [[\"a\"]], \"next-page-token\": \"t/1\"}");
        answers.put("/c/v1/p/q/namespaces?pageToken=t%2F1", "{\"namespaces\": [[\"b c\"]], \"next-page-token\": null}");
        // A catalog without levels tells the same list of every parent, and another refuses the question.
        answers.put("/c/v1/p/q/namespaces?parent=a", "{\"namespaces\": [[\"a\"], [\"b c\"]]}");
        answers.put(
                "/c/v1/p/q/namespaces/a/tables",
                "{\"identifiers\": [{\"namespace\": [\"a\"], \"name\": \"one\"}], \"next-page-token\": \"same\"}");
        answers.put(
                "/c/v1/p/q/namespaces/a/tables?pageToken=same",
                "{\"identifiers\": [{\"namespace\": [\"a\"], \"name\": \"two\"}], \"next-page-token\": \"same\"}");
        answers.put(
                "/c/v1/p/q/namespaces/b%20c/tables",
                "{\"identifiers\": [{\"namespace\": [\"b c\"], \"name\": \"d/e\"}]}");

        RestForeignCatalog catalog = catalog();

        assertThat(tables(catalog, null))
                .containsExactly(
                        TableIdentifier.of("a", "one"),
                        TableIdentifier.of("a", "two"),
                        TableIdentifier.of("b c", "d/e"));
        asked.clear();
        assertThat(tables(catalog, "a")).hasSize(2);
        assertThat(asked).as("of what is not wanted nothing is asked").noneMatch(path -> path.contains("b%20c/"));
        answers.put(
                "/c/v1/p/q/namespaces/b%20c/tables/d%2Fe?snapshots=refs",
                "{\"metadata-location\": \"file:/srv/x.metadata.json\"}");
        assertThat(catalog.metadataLocation(TableIdentifier.of("b c", "d/e"))).isEqualTo("file:/srv/x.metadata.json");
    }

    @Test
    void aTokenThatExpiresIsFetchedAnew() {
        RestForeignCatalog catalog = catalog();
        answers.put("/c/v1/p/q/namespaces/a/tables/t?snapshots=refs", "{\"metadata-location\": \"file:/x\"}");

        token = "second";

        assertThat(catalog.metadataLocation(TableIdentifier.of("a", "t"))).isEqualTo("file:/x");
        assertThat(asked).filteredOn("/c/v1/oauth/tokens"::equals).hasSize(2);
    }

    @Test
    void whatIsWrongIsToldWithoutWhatTheCatalogSays() {
        RestForeignCatalog catalog = catalog();
        answers.put("/c/v1/p/q/namespaces/a/tables/none?snapshots=refs", "{}");
        answers.put("/c/v1/p/q/namespaces/a/tables/html?snapshots=refs", "<html>secret words</html>");

        assertThatThrownBy(() -> catalog.metadataLocation(TableIdentifier.of("a", "none")))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("does not tell where");
        assertThatThrownBy(() -> catalog.metadataLocation(TableIdentifier.of("a", "html")))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("no JSON")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> catalog.metadataLocation(TableIdentifier.of("a", "gone")))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("status 404");
        assertThatThrownBy(() -> catalog.metadataLocation(TableIdentifier.of("a", "redirected")))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("status 302");
        assertThat(asked).noneMatch(path -> path.contains("elsewhere"));
    }
}
