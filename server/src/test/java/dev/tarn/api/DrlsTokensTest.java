package dev.tarn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.DrlsTokens;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DRLS's HS256 tokens: who comes in, where, and that everything else fails closed. No call of DRLS is served yet, so 404 is in. */
class DrlsTokensTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home, "tarn.access.drls.jwt-secret=secret:drls");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JWTClaimsSet.Builder claims(@Nullable Object role) {
        return new JWTClaimsSet.Builder()
                .subject("ann")
                .claim("role", role)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return signed(new JWSHeader(JWSAlgorithm.HS256), claims, SECRET);
    }

    private static String signed(JWSHeader header, JWTClaimsSet.Builder claims, String secret) {
        try {
            SignedJWT token = new SignedJWT(header, claims.build());
            token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reply call(RunningServer at, String path, String token) {
        return at.send("GET", path, null, "Authorization", "Bearer " + token);
    }

    @Test
    void failsClosedUntilTheSecretIsThereAndThenTakesIt() {
        // In this order: the secret is stored while the server runs.
        server.delete("/tarn/v1/secrets/drls");
        for (String credential : List.of(signed(claims("Admin")), server.key(), "garbage")) {
            Reply refused = call(server, "/api/catalog/tables", credential);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.json().propertyNames()).containsExactly("success", "error");
        }
        assertThat(server.get("/tarn/v1/session").status())
                .as("others' calls go on")
                .isEqualTo(200);
        assertThat(server.put("/tarn/v1/secrets/drls", "{\"value\":\"too short\"}")
                        .status())
                .isEqualTo(204);
        assertThat(call(server, "/api/catalog/tables", server.key()).status()).isEqualTo(401);
        assertThat(server.put("/tarn/v1/secrets/drls", "{\"value\":\"" + SECRET + "\"}")
                        .status())
                .isEqualTo(204);
        assertThat(call(server, "/api/catalog/tables", server.key()).status())
                .as("keys too")
                .isEqualTo(404);
        for (String role :
                List.of("Admin", "LeadDataEngineer", "DataEngineer", "Auditor", "auditor", "lead_data_engineer")) {
            assertThat(call(server, "/api/catalog/tables", signed(claims(role))).status())
                    .as(role)
                    .isEqualTo(404);
        }
        aTokenHasTheRightsOfItsRoleAlone();
        noneOfTheseComesIn();
        onlyCallsOfDrlsTakeThem();
    }

    private void aTokenHasTheRightsOfItsRoleAlone() {
        Caller admin = caller(signed(claims("Admin")));
        Caller auditor = caller(signed(claims("Auditor")));
        Access access = server.bean(Access.class);
        Resource users = Resource.all(Resource.Kind.USER);
        assertThat(access.allows(admin, Verb.MANAGE, users)).isTrue();
        assertThat(access.allows(auditor, Verb.MANAGE, users)).isFalse();
        assertThat(access.allows(auditor, Verb.SELECT, Resource.all(Resource.Kind.AUDIT)))
                .isTrue();
        assertThat(access.allows(auditor, Verb.SELECT, Resource.table("iceberg.a.b")))
                .isFalse();
        assertThat(admin.userId()).isNotEqualTo(auditor.userId());
        assertThat(admin.tenantId()).isEqualTo(server.admin().tenantId());
        assertThat(caller(signed(claims("Auditor"))).userId()).isEqualTo(auditor.userId());
        assertThat(caller(signed(claims("Admin").subject("admin"))).userId())
                .as("a name of ours")
                .isNotEqualTo(server.admin().userId());
    }

    private static Caller caller(String token) {
        return server.bean(DrlsTokens.class).caller(token, Caller.Origin.LOCAL).orElseThrow();
    }

    private void noneOfTheseComesIn() {
        Map<String, String> attacks = new LinkedHashMap<>();
        Date past = Date.from(Instant.now().minusSeconds(1));
        Date future = Date.from(Instant.now().plusSeconds(90));
        String[] parts = signed(claims("Admin")).split("\\.", -1);
        attacks.put("expired", signed(claims("Admin").expirationTime(past)));
        attacks.put("no exp", signed(claims("Admin").expirationTime(null)));
        attacks.put("issued tomorrow", signed(claims("Admin").issueTime(future)));
        attacks.put("not yet", signed(claims("Admin").notBeforeTime(future)));
        attacks.put("no sub", signed(claims("Admin").subject(null)));
        attacks.put("no role", signed(claims(null)));
        attacks.put("a role of no one", signed(claims("King")));
        attacks.put("another contract's role", signed(claims("Viewer")));
        attacks.put("roles in a list", signed(claims(List.of("Admin"))));
        attacks.put(
                "another secret", signed(new JWSHeader(JWSAlgorithm.HS256), claims("Admin"), SECRET.replace('0', '1')));
        attacks.put("HS512", signed(new JWSHeader(JWSAlgorithm.HS512), claims("Admin"), SECRET + SECRET));
        attacks.put("alg none", Base64URL.encode("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        attacks.put("no signature", parts[0] + "." + parts[1] + ".");
        attacks.put(
                "an address of keys",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .jwkURL(URI.create("https://evil.example.com"))
                                .build(),
                        claims("Admin"),
                        SECRET));
        attacks.put(
                "our access token's type",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(new JOSEObjectType("at+jwt"))
                                .build(),
                        claims("Admin"),
                        SECRET));
        attacks.put("huge", signed(claims("Admin").claim("x", "x".repeat(14_000))));
        attacks.forEach((what, token) -> {
            Reply refused = call(server, "/api/catalog/tables", token);
            assertThat(refused.status()).as(what).isIn(400, 401);
            assertThat(refused.status() == 400).as(what).isEqualTo(what.equals("huge"));
        });
    }

    private void onlyCallsOfDrlsTakeThem() {
        String token = signed(claims("Admin"));
        for (String path : List.of(
                "/tarn/v1/session", "/v1/sql/none", "/v1/none", "/api/v1/none", "/iceberg/v1/none", "/metrics")) {
            assertThat(call(server, path, token).status()).as(path).isIn(401, 403);
        }
        for (String path : List.of("/api/agent/chat", "/api/pipelines", "/notebook/x")) {
            assertThat(call(server, path, token).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void switchedOnWithoutASecretEverythingOfDrlsIsRefused(@TempDir Path home) {
        try (RunningServer closed = RunningServer.start(home, "tarn.access.drls.jwt=true")) {
            for (String credential : List.of(closed.key(), signed(claims("Admin")), "garbage")) {
                assertThat(call(closed, "/api/catalog/tables", credential).status())
                        .isEqualTo(401);
            }
            assertThat(closed.get("/tarn/v1/session").status()).isEqualTo(200);
        }
    }

    @Test
    void switchedOffSuchTokensAreNothing() {
        assertThat(call(RunningServer.shared(), "/api/catalog/tables", signed(claims("Admin")))
                        .status())
                .isEqualTo(401);
    }
}
