package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tarn.TestIssuer;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.StoreContract;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bearer tokens of a small issuer, and every wrong one that comes to mind. */
abstract class ExternalTokensContract extends StoreContract {
    private static final String AUDIENCE = "tarn-tokens";

    private TestIssuer issuer;
    private ExternalWorld world;

    @BeforeAll
    void begin() {
        issuer = TestIssuer.start();
        world = new ExternalWorld(database, "127.0.0.0/8");
        world.provider(world.admin(), "company", issuer, AUDIENCE, true);
    }

    @AfterAll
    void end() {
        world.close();
        issuer.close();
    }

    private JWTClaimsSet.Builder claims() {
        return issuer.claims("ann", AUDIENCE, world.clock().instant()).claim("preferred_username", "ann");
    }

    private Optional<Caller> caller(String token) {
        return world.parts().tokens().caller(token, Caller.Origin.LOCAL);
    }

    private static JWSHeader.Builder header(RSAKey key) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
    }

    private String with(UnaryOperator<JWSHeader.Builder> change) {
        return TestIssuer.signed(change.apply(header(issuer.key())).build(), claims().build(), issuer.key());
    }

    @Test
    void aGoodTokenIsItsUser() {
        Caller caller = caller(issuer.signed(claims())).orElseThrow();
        assertThat(caller.name()).isEqualTo("ann");
        assertThat(caller.tenantId()).isEqualTo(world.admin().tenantId());
        assertThat(caller(issuer.signed(claims())).orElseThrow().userId()).isEqualTo(caller.userId());
        for (JWSAlgorithm algorithm : Set.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
            assertThat(caller(TestIssuer.signed(
                            new JWSHeader.Builder(algorithm)
                                    .keyID(issuer.key().getKeyID())
                                    .build(),
                            claims().build(),
                            issuer.key())))
                    .as(algorithm.getName())
                    .isPresent();
        }
        assertThat(caller(with(header -> header.type(new JOSEObjectType("at+jwt")))))
                .isPresent();
        assertThat(caller(with(header -> header.keyID(null)))).as("without kid").isPresent();
        assertThat(caller(issuer.signed(claims().issueTime(null)))).isPresent();
        assertThat(caller(issuer.signed(claims().audience(List.of("other", AUDIENCE)))))
                .isPresent();
    }

    @Test
    void aTokenForTwoTenantsIsForNone() {
        world.provider(world.access().anotherTenant(), "theirs", issuer, "their-tokens", true);
        assertThat(caller(issuer.signed(claims().audience("their-tokens")))).isPresent();
        assertThat(caller(issuer.signed(claims().audience(List.of(AUDIENCE, "their-tokens")))))
                .isEmpty();
        assertThat(caller(issuer.signed(claims().audience(List.of("their-tokens", AUDIENCE)))))
                .isEmpty();
    }

    @Test
    void noneOfTheseOpensAnything() throws JOSEException {
        attacks().forEach((what, token) -> assertThat(caller(token)).as(what).isEmpty());
        assertThat(caller(issuer.signed(claims()))).isPresent();
    }

    private Map<String, String> attacks() throws JOSEException {
        RSAKey own = new RSAKeyGenerator(2048).keyID(issuer.key().getKeyID()).generate();
        Date past = Date.from(world.clock().instant().minusSeconds(61));
        Date future = Date.from(world.clock().instant().plusSeconds(90));
        String good = issuer.signed(claims());
        String[] parts = good.split("\\.", -1);
        Map<String, String> attacks = new LinkedHashMap<>();
        attacks.put("nothing", "");
        attacks.put("dots", "..");
        attacks.put("alg none", b64("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        attacks.put("alg None with a signature", b64("{\"alg\":\"None\"}") + "." + parts[1] + "." + parts[2]);
        attacks.put("no signature", parts[0] + "." + parts[1] + ".");
        attacks.put(
                "another payload",
                parts[0] + "." + b64(claims().subject("eve").build().toString()) + "." + parts[2]);
        attacks.put("another header", b64("{\"alg\":\"RS256\"}") + "." + parts[1] + "." + parts[2]);
        attacks.put(
                "a key of one's own under the issuer's kid",
                TestIssuer.signed(header(own).build(), claims().build(), own));
        attacks.put(
                "a key of one's own in the header",
                TestIssuer.signed(header(own).jwk(own.toPublicJWK()).build(), claims().build(), own));
        attacks.put(
                "an address of keys in the header",
                TestIssuer.signed(
                        header(own)
                                .jwkURL(URI.create("https://evil.example.com/keys"))
                                .build(),
                        claims().build(),
                        own));
        attacks.put(
                "a certificate's address in the header",
                TestIssuer.signed(
                        header(own)
                                .x509CertURL(URI.create("https://evil.example.com/c"))
                                .build(),
                        claims().build(),
                        own));
        attacks.put(
                "HS256 with the public key", hs256(issuer.key().toPublicJWK().toJSONString()));
        attacks.put("HS256 with the modulus", hs256(issuer.key().getModulus().toString()));
        attacks.put("an unknown kid", with(header -> header.keyID("unknown")));
        attacks.put("a kid that is a path", with(header -> header.keyID("../../../../dev/null")));
        attacks.put("a kid that is SQL", with(header -> header.keyID("' OR 1=1 --")));
        attacks.put("crit", with(header -> header.criticalParams(Set.of("exp")).customParam("exp", 1)));
        attacks.put(
                "b64 false", with(header -> header.base64URLEncodePayload(false).criticalParams(Set.of("b64"))));
        attacks.put("another type of token", with(header -> header.type(new JOSEObjectType("logout+jwt"))));
        attacks.put("expired", issuer.signed(claims().expirationTime(past)));
        attacks.put("no end", issuer.signed(claims().expirationTime(null)));
        attacks.put("not yet", issuer.signed(claims().notBeforeTime(future)));
        attacks.put("issued tomorrow", issuer.signed(claims().issueTime(future)));
        attacks.put("another audience", issuer.signed(claims().audience("another")));
        attacks.put("no audience", issuer.signed(claims().audience((String) null)));
        attacks.put("another issuer", issuer.signed(claims().issuer("https://evil.example.com")));
        attacks.put("the issuer with a slash", issuer.signed(claims().issuer(issuer.issuer() + "/")));
        attacks.put("no issuer", issuer.signed(claims().issuer(null)));
        attacks.put("no subject", issuer.signed(claims().subject(null)));
        attacks.put("a blank subject", issuer.signed(claims().subject("  ")));
        attacks.put("a long subject", issuer.signed(claims().subject("x".repeat(256))));
        attacks.put("a subject with a NUL", issuer.signed(claims().subject("a\0b")));
        attacks.put("a huge token", issuer.signed(claims().claim("x", "x".repeat(20_000))));
        attacks.put(
                "deep JSON",
                b64("{\"alg\":\"RS256\",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}") + "." + parts[1] + "."
                        + parts[2]);
        attacks.put("a repeated claim", parts[0] + "." + b64("{\"sub\":\"a\",\"sub\":\"b\"}") + "." + parts[2]);
        attacks.put("an exp that is text", parts[0] + "." + b64("{\"exp\":\"never\"}") + "." + parts[2]);
        for (String header : List.of("null", "[]", "1", "\"text\"", "{}", "", "{\"alg\":null}", "{\"alg\":[]}")) {
            attacks.put("the header " + header, b64(header) + "." + parts[1] + "." + parts[2]);
            attacks.put("the payload " + header, parts[0] + "." + b64(header) + "." + parts[2]);
        }
        attacks.put("encrypted", good + ".x.y");
        attacks.put("not base 64", "ä." + parts[1] + "." + parts[2]);
        return attacks;
    }

    private String hs256(String secret) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(issuer.key().getKeyID())
                        .build(),
                claims().build());
        token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        return token.serialize();
    }

    private static String b64(String text) {
        return Base64URL.encode(text).toString();
    }

    @Test
    void aNewKeyIsFetchedAndUnknownOnesAreNotFetchedForEver() {
        assertThat(caller(issuer.signed(claims()))).isPresent();
        world.clock().advance(Duration.ofSeconds(31));
        issuer.rotate();
        int before = issuer.keyFetches();
        assertThat(caller(issuer.signed(claims()))).isPresent();
        assertThat(issuer.keyFetches()).isEqualTo(before + 1);
        for (int i = 0; i < 50; i++) {
            String kid = "made-up-" + i;
            assertThat(caller(with(header -> header.keyID(kid)))).isEmpty();
        }
        assertThat(issuer.keyFetches()).as("within the pause").isEqualTo(before + 1);
        world.clock().advance(Duration.ofSeconds(31));
        assertThat(caller(with(header -> header.keyID("made-up")))).isEmpty();
        assertThat(issuer.keyFetches()).isEqualTo(before + 2);
    }

    @Test
    void whileTheIssuerIsDownItsKnownKeysServeForADay() {
        assertThat(caller(issuer.signed(claims()))).isPresent();
        issuer.down(true);
        try {
            world.clock().advance(Duration.ofHours(1));
            assertThat(caller(issuer.signed(claims()))).isPresent();
            world.clock().advance(Duration.ofDays(10));
            AccessContract.assertCode(ErrorCode.ISSUER_UNAVAILABLE, () -> caller(issuer.signed(claims())));
        } finally {
            issuer.down(false);
        }
        world.clock().advance(Duration.ofSeconds(31));
        assertThat(caller(issuer.signed(claims()))).isPresent();
        // A clock that was wrong, and is set back.
        String fromTheFuture = issuer.signed(claims());
        world.clock().advance(Duration.ofDays(-10));
        assertThat(caller(fromTheFuture)).isEmpty();
        assertThat(caller(issuer.signed(claims()))).isPresent();
    }

    @Test
    void anIssuerThatIsNotWhatItSaysIsNotBelieved() {
        try (TestIssuer odd = TestIssuer.start()) {
            world.provider(world.admin(), "odd", odd, "odd-audience", true);
            String token =
                    odd.signed(odd.claims("x", "odd-audience", world.clock().instant()));
            odd.publishes(document -> document.put("issuer", "https://another.example.com"));
            AccessContract.assertCode(ErrorCode.ISSUER_UNAVAILABLE, () -> caller(token));
            world.clock().advance(Duration.ofSeconds(31));
            odd.publishes(document -> document.put("jwks_uri", "file:///etc/passwd"));
            String later =
                    odd.signed(odd.claims("x", "odd-audience", world.clock().instant()));
            AccessContract.assertCode(ErrorCode.ISSUER_UNAVAILABLE, () -> caller(later));
        }
    }

    @Test
    void aPrivateNetworkIsNotCalledUnlessTheOperatorAllows() {
        try (TestIssuer inside = TestIssuer.start();
                ExternalWorld closed = world.sibling("10.0.0.0/8")) {
            world.provider(world.admin(), "inside", inside, "inside-audience", true);
            String token = inside.signed(
                    inside.claims("x", "inside-audience", world.clock().instant()));
            try {
                closed.parts().tokens().caller(token, Caller.Origin.LOCAL);
                assertThat(inside.keyFetches()).isNegative(); // not reached
            } catch (TarnException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.ISSUER_UNAVAILABLE);
            }
            assertThat(inside.keyFetches()).isZero();
        }
    }
}
