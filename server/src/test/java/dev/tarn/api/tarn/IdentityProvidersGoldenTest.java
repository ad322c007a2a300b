package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityProvidersGoldenTest {
    private final RunningServer server = RunningServer.shared();

    @Test
    void aProviderIsSetUpShownWithoutItsSecretAndRemoved() {
        String name = "golden-" + UUID.randomUUID().toString().substring(0, 8);
        String path = "/tarn/v1/identity-providers/" + name;
        Reply made = server.put(path, """
                {"issuer": "https://login.example.com/realms/company", "client_id": "%s", "client_secret": "battery staple",
                 "roles_claim": "realm_access.roles", "role_mapping": {"tarn-admins": "Admin"}, "just_in_time": true}""".formatted(name));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(made.json().propertyNames())
                .containsExactly(
                        "name",
                        "issuer",
                        "client_id",
                        "has_client_secret",
                        "audience",
                        "scopes",
                        "roles_claim",
                        "role_mapping",
                        "default_roles",
                        "just_in_time",
                        "shown",
                        "created_at",
                        "updated_at");
        assertThat(made.json().get("audience").asString()).isEqualTo(name);
        assertThat(made.json().get("scopes").toString()).isEqualTo("[\"openid\",\"profile\",\"email\"]");
        assertThat(made.json().get("default_roles").toString()).isEqualTo("[\"Viewer\"]");
        assertThat(made.json().get("has_client_secret").asBoolean()).isTrue();
        assertThat(made.json().get("shown").asBoolean()).isFalse();
        assertThat(made.body()).doesNotContain("staple");
        assertThat(server.get(path).body()).isEqualTo(made.body());
        assertThat(server.get("/tarn/v1/identity-providers").body()).contains(made.body());
        assertThat(server.delete(path).status()).isEqualTo(204);
        assertThat(server.get(path).status()).isEqualTo(404);
        assertThat(server.delete(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"issuer\":\"https://a.example.com\"}",
                "{\"issuer\":\"ftp://a.example.com\",\"client_id\":\"c\"}",
                "{\"issuer\":\"https://user@a.example.com\",\"client_id\":\"c\"}",
                "{\"issuer\":\"https://a.example.com?x=y\",\"client_id\":\"c\"}",
                "{\"issuer\":\"https://a.example.com#x\",\"client_id\":\"c\"}",
                "{\"issuer\":\"file:///etc/passwd\",\"client_id\":\"c\"}",
                "{\"issuer\":\"https:///x\",\"client_id\":\"c\"}",
                "{\"issuer\":\"https://a.example.com\",\"client_id\":\"\"}",
                "{\"issuer\":\"https://a.example.com\",\"client_id\":\"c\",\"scopes\":[\"email\"]}",
                "{\"issuer\":\"https://a.example.com\",\"client_id\":\"c\",\"scopes\":[\"openid\",\"a b\"]}",
                "{\"issuer\":\"https://a.example.com\",\"client_id\":\"c\",\"default_roles\":[\"King\"]}",
                "{\"issuer\":\"https://a.example.com\",\"client_id\":\"c\",\"role_mapping\":{\"a\":\"Admin\"}}",
                "{\"issuer\":\"https://a.example.com\",\"client_id\":\"c\",\"roles_claim\":\"g\",\"role_mapping\":{\"a\":\"King\"}}",
            })
    void whatCannotBeIsRefused(String body) {
        Reply refused = server.put("/tarn/v1/identity-providers/refused", body);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(server.get("/tarn/v1/identity-providers/refused").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"callback", "Upper", "a%20b", "-a", "a%2Fb"})
    void namesThatCannotBe(String name) {
        assertThat(server.put(
                                "/tarn/v1/identity-providers/" + name,
                                "{\"issuer\":\"https://a.example.com\",\"client_id\":\"names\"}")
                        .status())
                .isEqualTo(400);
    }
}
