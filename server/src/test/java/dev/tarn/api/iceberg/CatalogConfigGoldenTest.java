package dev.tarn.api.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CatalogConfigGoldenTest {
    private final RunningServer server = RunningServer.shared();
    private final CatalogClient admin = new CatalogClient(server, server.key());

    @Test
    void theConfigurationSaysWhatIsServedAndWhichFolderAClientMustSee() {
        Reply reply = admin.send("GET", "/config?warehouse=iceberg", null);

        assertThat(reply.status()).isEqualTo(200);
        JsonNode config = reply.json();
        assertThat(config.at("/overrides/prefix").asString()).isEqualTo("iceberg");
        assertThat(config.at("/defaults/tarn.storage-access").asString()).isEqualTo("folder");
        assertThat(Path.of(config.at("/defaults/tarn.storage-folder").asString().substring("file:".length())))
                .startsWithRaw(server.home());
        assertThat(config.path("endpoints").toString())
                .contains("POST /v1/{prefix}/transactions/commit", "/plan", "/plan/{plan-id}", "/tasks")
                .doesNotContain("/sign");
        assertThat(admin.send("GET", "/config", null).json().path("overrides")).isEqualTo(config.path("overrides"));
        CatalogClient.assertRefused(
                admin.send("GET", "/config?warehouse=other", null), 404, "NoSuchWarehouseException");
        CatalogClient.assertRefused(admin.send("GET", "/other/namespaces", null), 404, "NotFoundException");
        CatalogClient.assertRefused(
                new CatalogClient(server, "garbage").send("GET", "/config", null), 401, "NotAuthorizedException");
    }

    private Reply token(String form) {
        return server.send(
                "POST", "/iceberg/v1/oauth/tokens", form, "Content-Type", "application/x-www-form-urlencoded");
    }

    @Test
    void aKeyIsAClientSecretAndItsOwnToken() {
        Reply reply = token("grant_type=client_credentials&client_id=me&scope=catalog&client_secret=" + server.key());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().propertyNames()).containsExactly("access_token", "issued_token_type", "token_type");
        String token = reply.json().path("access_token").asString();
        assertThat(new CatalogClient(server, token).get("/namespaces").status()).isEqualTo(200);
        assertThat(token("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=" + token)
                        .json()
                        .path("access_token")
                        .asString())
                .isEqualTo(token);
        Reply wrong = token("grant_type=client_credentials&client_secret=wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().path("error").asString()).isEqualTo("invalid_client");
        assertThat(token("grant_type=password").json().path("error").asString()).isEqualTo("unsupported_grant_type");
        assertThat(token("grant_type=client_credentials").json().path("error").asString())
                .isEqualTo("invalid_request");
    }
}
