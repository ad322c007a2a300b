package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.TestIssuer;
import dev.tarn.platform.database.Database;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser goes to a provider and comes back, or somebody tries to come instead of it. */
class ExternalSignInTest {
    private static final String FAILED = "/?sign_in_error=unauthenticated";

    private static RunningServer server;
    private static TestIssuer issuer;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home, "tarn.outbound.allow-private=127.0.0.0/8");
        issuer = TestIssuer.start();
        issuer.demands("s3cret of the client");
        Reply made = server.put("/tarn/v1/identity-providers/company", """
                {"issuer": "%s", "client_id": "tarn console", "client_secret": "s3cret of the client",
                 "just_in_time": true, "shown": true}""".formatted(issuer.issuer()));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
    }

    @AfterEach
    void reset() {
        issuer.signsIn(claims -> claims);
        issuer.demands("s3cret of the client");
    }

    private static Reply begin(String query) {
        Reply sent = server.send("GET", "/tarn/v1/sign-in/company" + query, null);
        assertThat(sent.status()).as(sent.body()).isEqualTo(302);
        return sent;
    }

    private static String cookie(Reply reply, String name) {
        return reply.headers().allValues("Set-Cookie").stream()
                .filter(text -> text.startsWith(name + "="))
                .findFirst()
                .orElse("")
                .replaceFirst(";.*", "");
    }

    private static Reply finish(URI back, String cookie) {
        return cookie.isEmpty()
                ? server.send("GET", back.toString(), null)
                : server.send("GET", back.toString(), null, "Cookie", cookie);
    }

    private static void assertFailed(Reply reply, String location) {
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("Location")).isEqualTo(location);
        assertThat(cookie(reply, "tarn_session")).isEmpty();
    }

    @Test
    void whoSignsInThereIsSignedInHere() {
        Reply sent = begin("?return_to=%2Ftables%2Fshop.orders%3Ftab%3Dsample");
        Map<String, String> asked =
                TestIssuer.form(URI.create(sent.header("Location")).getRawQuery());
        assertThat(sent.header("Location")).startsWith(issuer.issuer() + "/authorize?");
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "tarn console")
                .containsEntry("scope", "openid profile email")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry(
                        "redirect_uri", "http://127.0.0.1:" + server.address().getPort() + "/tarn/v1/sign-in/callback");
        assertThat(sent.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600");
        issuer.signsIn(claims -> claims.subject("anna").claim("preferred_username", "anna"));

        Reply back = finish(issuer.back(sent), cookie(sent, "tarn_sign_in"));

        assertThat(back.header("Location")).isEqualTo("/tables/shop.orders?tab=sample");
        assertThat(cookie(back, "tarn_sign_in")).isEqualTo("tarn_sign_in=");
        String session = cookie(back, "tarn_session");
        Reply who = server.send("GET", "/tarn/v1/session", null, "Cookie", session);
        assertThat(who.status()).isEqualTo(200);
        assertThat(who.json().at("/user/name").asString()).isEqualTo("anna");
        assertThat(who.json().get("csrf_token").isNull()).isFalse();
        assertThat(who.json().get("roles").toString()).isEqualTo("[\"Viewer\"]");
        assertThat(trail()).contains("sign_in user:anna done {\"by\":\"company\"}");
    }

    private static List<String> trail() {
        return server.bean(Database.class)
                .client()
                .sql("SELECT verb || ' ' || resource || ' ' || outcome || ' ' || details FROM audit_entries")
                .query(String.class)
                .list();
    }

    @Test
    void aCallbackWorksOnceInTheBrowserThatBegan() {
        Reply sent = begin("");
        URI back = issuer.back(sent);
        String cookie = cookie(sent, "tarn_sign_in");
        assertFailed(finish(back, ""), FAILED); // uses the state up
        assertFailed(finish(back, cookie), FAILED);

        Reply victim = begin("");
        Reply attacker = begin("");
        assertFailed(finish(issuer.back(attacker), cookie(victim, "tarn_sign_in")), FAILED);
        assertFailed(finish(issuer.back(victim), cookie(attacker, "tarn_sign_in")), FAILED);

        Reply good = begin("");
        URI goodBack = issuer.back(good);
        assertThat(finish(goodBack, cookie(good, "tarn_sign_in")).header("Location"))
                .isEqualTo("/");
        assertFailed(finish(goodBack, cookie(good, "tarn_sign_in")), FAILED);
        assertFailed(finish(URI.create("/tarn/v1/sign-in/callback"), cookie(good, "tarn_sign_in")), FAILED);
        assertFailed(
                finish(URI.create("/tarn/v1/sign-in/callback?error=access_denied"), cookie(good, "tarn_sign_in")),
                FAILED);
        assertFailed(finish(URI.create("/tarn/v1/sign-in/callback?state=%00%27&code=x"), "tarn_sign_in=%00"), FAILED);
    }

    @Test
    void anAnswerOfAnotherIssuerIsNotTaken() {
        Reply sent = begin("");
        String back = issuer.back(sent).toString().replaceFirst("&iss=.*", "");
        assertFailed(finish(URI.create(back), cookie(sent, "tarn_sign_in")), FAILED);
        Reply again = begin("");
        String other = issuer.back(again).toString().replaceFirst("&iss=.*", "&iss=https%3A%2F%2Fevil.example.com");
        assertFailed(finish(URI.create(other), cookie(again, "tarn_sign_in")), FAILED);
    }

    @Test
    void anIdTokenForAnotherSignInIsNotTaken() {
        issuer.signsIn(claims -> claims.claim("nonce", "another"));
        assertFailed(whole(), FAILED);
        issuer.signsIn(claims -> claims.claim("nonce", null));
        assertFailed(whole(), FAILED);
        issuer.signsIn(claims -> claims.audience("another client"));
        assertFailed(whole(), FAILED);
        issuer.signsIn(claims -> claims.audience(List.of("tarn console", "another client")));
        assertFailed(whole(), FAILED);
        issuer.signsIn(claims -> claims.issuer("https://evil.example.com"));
        assertFailed(whole(), FAILED);
        issuer.signsIn(claims -> claims.claim("azp", "another client"));
        assertFailed(whole(), FAILED);
        issuer.demands("another secret");
        assertFailed(whole(), FAILED);
        issuer.demands("s3cret of the client");
        issuer.signsIn(claims -> claims);
        assertThat(whole().header("Location")).isEqualTo("/");
    }

    private static Reply whole() {
        Reply sent = begin("");
        return finish(issuer.back(sent), cookie(sent, "tarn_sign_in"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com",
                "//evil.example.com",
                "/\\evil.example.com",
                "/%09/evil.example.com",
                "\\\\evil.example.com",
                "javascript:alert(1)",
                "evil.example.com",
                "/a\r\nSet-Cookie: x=y",
                "/a b",
                "",
            })
    void nobodyIsSentElsewhereAfterwards(String returnTo) {
        String encoded = URLEncoder.encode(returnTo, StandardCharsets.UTF_8);
        Reply sent = begin("?return_to=" + encoded);
        Reply back = finish(issuer.back(sent), cookie(sent, "tarn_sign_in"));
        assertThat(back.header("Location")).isIn("/", "/%09/evil.example.com");
        assertThat(back.headers().map()).doesNotContainKey("x");
    }

    @Test
    void theHostHeaderDecidesNothing() {
        Reply sent = server.send("GET", "/tarn/v1/sign-in/company", null, "X-Forwarded-Host", "evil.example.com");
        assertThat(sent.header("Location")).doesNotContain("evil");
    }

    @Test
    void aProviderThatIsDownOrUnknownIsSaidSo() {
        Reply unknown = server.send("GET", "/tarn/v1/sign-in/unknown", null);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(server.send("GET", "/tarn/v1/sign-in", null).body())
                .isEqualTo("{\"providers\":[{\"name\":\"company\"}]}");
    }

    @Test
    void oneAddressHasOnlySoManyUnderWay() {
        Database database = server.bean(Database.class);
        database.inTransaction(
                () -> database.client().sql("DELETE FROM sign_in_attempts").update());
        for (int i = 0; i < 100; i++) {
            begin("");
        }
        Reply refused = server.send("GET", "/tarn/v1/sign-in/company", null);
        assertThat(refused.status()).isEqualTo(429);
        database.inTransaction(() -> database.client()
                .sql("UPDATE sign_in_attempts SET expires_at = 1")
                .update());
        begin("");
    }

    @Test
    void anExpiredSignInIsNotCompleted() {
        Reply sent = begin("");
        Database database = server.bean(Database.class);
        database.inTransaction(() -> database.client()
                .sql("UPDATE sign_in_attempts SET expires_at = 1")
                .update());
        assertFailed(finish(issuer.back(sent), cookie(sent, "tarn_sign_in")), FAILED);
    }

    @Test
    void aBearerTokenOfTheIssuerOpensEveryContract() {
        String token = issuer.signed(
                issuer.claims("program", "tarn console", Instant.now()).claim("preferred_username", "program"));
        String[] bearer = {"Authorization", "Bearer " + token};
        assertThat(server.send("GET", "/tarn/v1/session", null, bearer)
                        .json()
                        .at("/user/name")
                        .asString())
                .isEqualTo("program");
        for (String path : List.of("/v1/sql/none", "/v1/none", "/api/none", "/api/v1/none", "/iceberg/v1/none")) {
            assertThat(server.send("GET", path, null, bearer).status()).as(path).isEqualTo(404);
        }
        String[] twice = {"Authorization", "Bearer " + token, "Authorization", "Bearer " + server.key()};
        assertThat(server.send("GET", "/tarn/v1/session", null, twice).status()).isEqualTo(401);
    }
}
