package dev.tarn.api.iceberg;

import static dev.tarn.api.iceberg.CatalogClient.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CatalogNamespacesGoldenTest {
    private final RunningServer server = RunningServer.shared();
    private final CatalogClient admin = new CatalogClient(server, server.key());

    @Test
    void aNamespaceIsMadeDescribedChangedAndDropped() {
        String name = admin.namespace();
        String path = "/namespaces/" + name;
        assertRefused(admin.post("/namespaces", "{\"namespace\": [\"" + name + "\"]}"), 409, "AlreadyExistsException");
        assertRefused(
                admin.post("/namespaces", "{\"namespace\": [\"" + name.toUpperCase(java.util.Locale.ROOT) + "\"]}"),
                409,
                "AlreadyExistsException");

        Reply updated = admin.post(path + "/properties", "{\"updates\": {\"note\": \"x\"}, \"removals\": [\"no\"]}");
        assertThat(updated.json().toString()).isEqualTo("{\"removed\":[],\"updated\":[\"note\"],\"missing\":[\"no\"]}");
        JsonNode described = admin.get(path).json();
        String location = described.at("/properties/location").asString();
        assertThat(location).endsWith("/" + name);
        assertThat(described.toString())
                .isEqualTo("{\"namespace\":[\"%s\"],\"properties\":{\"note\":\"x\",\"location\":\"%s\"}}"
                        .formatted(name, location));
        for (String refused : List.of("exists", "location")) {
            assertRefused(
                    admin.post(path + "/properties", "{\"updates\": {\"" + refused + "\": \"x\"}}"),
                    400,
                    "BadRequestException");
        }
        assertRefused(
                admin.post(path + "/properties", "{\"updates\": {\"a\": \"x\"}, \"removals\": [\"a\"]}"),
                422,
                "UnprocessableEntityException");
        assertThat(admin.head(path).status()).isEqualTo(204);

        String table = admin.table(name, "t");
        assertRefused(admin.delete(path), 409, "NamespaceNotEmptyException");
        assertThat(admin.delete(table).status()).isEqualTo(204);
        assertThat(admin.delete(path).status()).isEqualTo(204);
        assertThat(admin.head(path).status()).isEqualTo(404);
        assertRefused(admin.get(path), 404, "NoSuchNamespaceException");
        assertRefused(admin.delete(path), 404, "NoSuchNamespaceException");
    }

    @Test
    void namespacesAreNestedListedAndPaged() {
        String top = admin.namespace();
        for (String child : List.of("a", "b-b", "b", "c d", "e/f", "\\uD83C\\uDF0D")) {
            assertThat(admin.post("/namespaces", "{\"namespace\": [\"%s\", \"%s\"]}".formatted(top, child))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(admin.post("/namespaces", "{\"namespace\": [\"%s\", \"b\", \"x\", \"y\", \"z\"]}".formatted(top))
                        .status())
                .isEqualTo(200);
        List<String> names = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = admin.get("/namespaces?parent=%s&pageSize=2&pageToken=%s"
                            .formatted(top, java.net.URLEncoder.encode(token, java.nio.charset.StandardCharsets.UTF_8)))
                    .json();
            page.path("namespaces").forEach(found -> names.add(found.get(1).asString()));
            token = page.path("next-page-token").asString("");
        } while (!token.isEmpty());
        assertThat(names).containsExactly("a", "b", "b-b", "c d", "e/f", "\uD83C\uDF0D");
        assertThat(admin.get("/namespaces?parent=" + top + "%1Fb")
                        .json()
                        .path("namespaces")
                        .toString())
                .isEqualTo("[[\"%s\",\"b\",\"x\"]]".formatted(top));
        for (String child : List.of("c+d", "c%20d", "e%2Ff", "%F0%9F%8C%8D", "b%1Fx%1Fy%1Fz")) {
            assertThat(admin.head("/namespaces/" + top + "%1F" + child).status())
                    .as(child)
                    .isEqualTo(204);
        }
        assertThat(admin.head("/namespaces/" + top + ".b").status()).isEqualTo(404);
        assertRefused(admin.post("/namespaces", "{\"namespace\": [\"a.b\"]}"), 400, "BadRequestException");
        assertRefused(admin.get("/namespaces?pageSize=0"), 400, "BadRequestException");
    }

    @Test
    void whoSeesNothingInANamespaceIsNotToldOfIt() {
        String name = admin.namespace();
        admin.table(name, "t");
        LimitedUser nobody = LimitedUser.of(server);
        assertThat(nobody.get("/iceberg/v1/iceberg/namespaces").body()).doesNotContain(name);
        assertThat(nobody.get("/iceberg/v1/iceberg/namespaces/" + name).status())
                .isEqualTo(404);
        nobody.reads("iceberg." + name + ".t", List.of(), null);
        assertThat(nobody.get("/iceberg/v1/iceberg/namespaces").body()).contains(name);
        assertThat(nobody.get("/iceberg/v1/iceberg/namespaces/" + name + "/tables")
                        .body())
                .contains("\"name\":\"t\"");
    }
}
