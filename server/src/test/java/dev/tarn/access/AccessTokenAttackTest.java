package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every known way to forge a token gets the one answer that garbage gets. */
class AccessTokenAttackTest {
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static Database database;
    private static SignInWorld world;
    private static SigningKeys.Signer signer;
    private static IssuedTokens good;
    private static User user;

    @BeforeAll
    static void begin(@TempDir Path folder) {
        database = TestDatabases.sqlite(folder);
        world = new SignInWorld(database);
        user = world.user();
        good = world.signIn(user);
        signer = world.parts.signingKeys().signer();
    }

    @AfterAll
    static void end() {
        world.close();
        database.close();
    }

    private static JWTClaimsSet.Builder claims() throws ParseException {
        return new JWTClaimsSet.Builder(SignedJWT.parse(good.access()).getJWTClaimsSet());
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(signer.keyId().toString());
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner with) throws Exception {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(with);
        return token.serialize();
    }

    private static String ours(JWTClaimsSet.Builder claims) throws Exception {
        return signed(header().build(), claims.build(), new ECDSASigner(signer.privateKey()));
    }

    private static String text(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The good token under another header, with its own signature. */
    private static String underHeader(String json) {
        return text(json) + good.access().substring(good.access().indexOf('.'));
    }

    private static void assertAllRefusedAlike(List<String> tokens) {
        Set<String> sentences = new HashSet<>();
        for (String token : tokens) {
            TarnException failure = SignInWorld.failure(() -> world.callerOf(token));
            assertThat(failure.code()).as(token).isEqualTo(ErrorCode.UNAUTHENTICATED);
            sentences.add(failure.message());
        }
        sentences.add(SignInWorld.failure(() -> world.callerOf("garbage")).message());
        assertThat(sentences).hasSize(1);
    }

    @Test
    void whatTheTestsSignIsGoodInItself() throws Exception {
        assertThat(world.opens(ours(claims()))).isTrue();
    }

    @Test
    void otherAlgorithms() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair pair = rsa.generateKeyPair();
        byte[] publicKey = world.parts
                .signingKeys()
                .verifying(signer.keyId())
                .orElseThrow()
                .getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(publicKey)
                + "\n-----END PUBLIC KEY-----\n";
        String payload = good.access().split("\\.", -1)[1];
        String none = "{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"" + signer.keyId() + "\"}";
        assertAllRefusedAlike(List.of(
                text(none) + "." + payload + ".",
                text(none) + "." + payload + "." + "A".repeat(86),
                underHeader(none),
                underHeader(none.replace("none", "NONE")),
                underHeader(none.replace("none", "es256")),
                underHeader(none.replace("none", "ES512")),
                underHeader("{\"typ\":\"at+jwt\",\"kid\":\"" + signer.keyId() + "\"}"),
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(TYPE)
                                .keyID(signer.keyId().toString())
                                .build(),
                        claims().build(),
                        new MACSigner(publicKey)),
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS512)
                                .type(TYPE)
                                .keyID(signer.keyId().toString())
                                .build(),
                        claims().build(),
                        new MACSigner(pem.getBytes(StandardCharsets.UTF_8))),
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .type(TYPE)
                                .keyID(signer.keyId().toString())
                                .build(),
                        claims().build(),
                        new RSASSASigner(pair.getPrivate()))));
    }

    @Test
    void otherKeysAndKeyIds() throws Exception {
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(256);
        ECDSASigner stranger =
                new ECDSASigner((ECPrivateKey) curve.generateKeyPair().getPrivate());
        ECDSASigner own = new ECDSASigner(signer.privateKey());
        assertAllRefusedAlike(List.of(
                signed(header().build(), claims().build(), stranger),
                signed(header().keyID(null).build(), claims().build(), own),
                signed(header().keyID("").build(), claims().build(), own),
                signed(header().keyID("../../../../dev/null").build(), claims().build(), own),
                signed(header().keyID("' OR '1'='1").build(), claims().build(), own),
                signed(header().keyID("x' UNION SELECT 'AA==").build(), claims().build(), own),
                signed(header().keyID(signer.keyId() + " ").build(), claims().build(), own),
                signed(
                        header().keyID(signer.keyId().toString().toUpperCase(java.util.Locale.ROOT))
                                .build(),
                        claims().build(),
                        own),
                signed(header().keyID(UUID.randomUUID().toString()).build(), claims().build(), own),
                signed(header().keyID("k".repeat(5_000)).build(), claims().build(), own),
                underHeader("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":[\"" + signer.keyId() + "\"]}"),
                underHeader("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":{\"a\":1}}")));
    }

    @Test
    void otherHeaders() throws Exception {
        ECDSASigner own = new ECDSASigner(signer.privateKey());
        assertAllRefusedAlike(List.of(
                signed(header().type(JOSEObjectType.JWT).build(), claims().build(), own),
                signed(header().type(null).build(), claims().build(), own),
                signed(header().contentType("JWT").build(), claims().build(), own),
                signed(header().customParam("x", "y").build(), claims().build(), own),
                signed(
                        header().jwk(new com.nimbusds.jose.jwk.ECKey.Builder(
                                                com.nimbusds.jose.jwk.Curve.P_256,
                                                world.parts
                                                        .signingKeys()
                                                        .verifying(signer.keyId())
                                                        .orElseThrow())
                                        .build())
                                .build(),
                        claims().build(),
                        own),
                signed(
                        header().jwkURL(java.net.URI.create("http://127.0.0.1:1/keys"))
                                .build(),
                        claims().build(),
                        own),
                underHeader("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + signer.keyId()
                        + "\",\"crit\":[\"exp\"],\"exp\":9999999999}"),
                underHeader("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + signer.keyId() + "\",\"kid\":\"x\"}"),
                underHeader("[".repeat(200)),
                underHeader("{\"a\":".repeat(60)),
                underHeader("\u0000"),
                underHeader("null")));
    }

    @Test
    void otherClaims() throws Exception {
        Instant now = world.test.clock().instant();
        Date past = Date.from(now);
        Date future = Date.from(now.plus(Duration.ofMinutes(5)));
        assertAllRefusedAlike(List.of(
                ours(claims().expirationTime(null)),
                ours(claims().expirationTime(past)),
                ours(claims().issueTime(null)),
                ours(claims().issueTime(future)),
                ours(claims().notBeforeTime(null)),
                ours(claims().notBeforeTime(future)),
                ours(claims().issuer(null)),
                ours(claims().issuer("other")),
                ours(claims().audience((String) null)),
                ours(claims().audience("other")),
                ours(claims().audience(List.of("tarn", "other"))),
                ours(claims().subject(null)),
                ours(claims().subject(world.user().id().toString())),
                ours(claims().subject(user.name())),
                ours(claims().claim("tid", null)),
                ours(claims().claim("tid", world.test.anotherTenant().tenantId().toString())),
                ours(claims().claim("tid", Map.of("a", 1))),
                ours(claims().claim("sid", null)),
                ours(claims().claim("sid", UUID.randomUUID().toString())),
                ours(claims().claim("sid", 5)),
                ours(claims().claim("sid", "' OR 1=1 --")),
                ours(claims().claim("exp", "tomorrow"))));
    }

    @Test
    void otherForms() throws Exception {
        String[] parts = good.access().split("\\.", -1);
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        byte[] flipped = signature.clone();
        flipped[10] ^= 1;
        String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        byte[] order = new byte[64];
        Arrays.fill(order, (byte) 0xff);
        String ones = Base64.getUrlEncoder().withoutPadding().encodeToString(order);
        String body = parts[0] + "." + parts[1] + ".";
        assertAllRefusedAlike(List.of(
                "..",
                "a.b.c",
                parts[0] + "." + parts[1],
                body,
                body + zeros,
                body + ones,
                body + Base64.getUrlEncoder().withoutPadding().encodeToString(flipped),
                body + parts[2] + "=",
                body + parts[2] + "." + parts[2],
                " " + good.access(),
                good.access() + "\n",
                good.access().replace('.', '\u3002'),
                parts[0] + "." + text("{}") + "." + parts[2],
                ours(claims().claim("x", "y".repeat(8_000))),
                "e".repeat(1_000_000)));
        assertThat(world.opens(good.access())).isTrue();
    }
}
