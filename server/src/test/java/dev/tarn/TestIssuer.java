package dev.tarn;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A small OpenID Connect issuer of our own: it publishes itself, asks nobody anything, and gives tokens. */
public final class TestIssuer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final AtomicInteger keyFetches = new AtomicInteger();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final List<RSAKey> keys = new ArrayList<>();
    private volatile UnaryOperator<JWTClaimsSet.Builder> person = claims -> claims;
    private volatile UnaryOperator<ObjectNode> document = node -> node;
    private volatile String clientSecret = "";
    private volatile boolean down;

    private TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rotate();
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/.well-known/openid-configuration", this::publish);
        server.createContext("/keys", this::publishKeys);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    public static TestIssuer start() {
        return new TestIssuer();
    }

    /** One for all tests of this JVM that only need that there is one. */
    public static TestIssuer shared() {
        return Shared.ISSUER;
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often its keys were fetched. */
    public int keyFetches() {
        return keyFetches.get();
    }

    /** One more key, which signs from now on. */
    public void rotate() {
        try {
            keys.addFirst(new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key that signs. */
    public RSAKey key() {
        return keys.getFirst();
    }

    /** What its ID tokens say of who signs in. */
    public void signsIn(UnaryOperator<JWTClaimsSet.Builder> claims) {
        person = claims;
    }

    /** What is wrong with what it publishes. */
    public void publishes(UnaryOperator<ObjectNode> changed) {
        document = changed;
    }

    public void demands(String secret) {
        clientSecret = secret;
    }

    public void down(boolean isDown) {
        down = isDown;
    }

    /** Good claims for five minutes, for that audience. */
    public JWTClaimsSet.Builder claims(String subject, String audience, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(subject)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    /** The claims, signed as they should be. */
    public String signed(JWTClaimsSet.Builder claims) {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key().getKeyID())
                        .build(),
                claims.build(),
                key());
    }

    /** Anything, signed by a key. */
    public static String signed(JWSHeader header, JWTClaimsSet claims, RSAKey key) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void publish(HttpExchange exchange) throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("issuer", issuer());
        node.put("authorization_endpoint", issuer() + "/authorize");
        node.put("token_endpoint", issuer() + "/token");
        node.put("jwks_uri", issuer() + "/keys");
        node.put("authorization_response_iss_parameter_supported", true);
        answer(exchange, down ? 503 : 200, document.apply(node).toString());
    }

    private void publishKeys(HttpExchange exchange) throws IOException {
        keyFetches.incrementAndGet();
        answer(exchange, down ? 503 : 200, new JWKSet(List.copyOf(keys)).toString(true));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        String back = asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state") + "&iss="
                + URLEncoder.encode(issuer(), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", back);
        answer(exchange, 302, "");
    }

    /** One code, once, for who can show its verifier. */
    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> sent = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.getOrDefault(sent.getOrDefault("code", ""), Map.of());
        codes.remove(sent.getOrDefault("code", ""));
        String client = asked.getOrDefault("client_id", "");
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        boolean good = !asked.isEmpty()
                && "authorization_code".equals(sent.get("grant_type"))
                && challenge(sent.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))
                && asked.getOrDefault("redirect_uri", "").equals(sent.get("redirect_uri"))
                && (clientSecret.isEmpty() || basic(client, clientSecret).equals(shown));
        if (!good) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        JWTClaimsSet.Builder claims =
                person.apply(claims("somebody", client, Instant.now()).claim("nonce", asked.get("nonce")));
        answer(exchange, 200, "{\"token_type\":\"Bearer\",\"id_token\":\"" + signed(claims) + "\"}");
    }

    /** RFC 6749, 2.3.1: both are form-encoded first. */
    private static String basic(String client, String secret) {
        String pair = URLEncoder.encode(client, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fields of a query or a form. */
    public static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split("&", -1)) {
            int equals = field.indexOf('=');
            fields.put(
                    URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    /** What the browser is sent back with, as if somebody had signed in there. */
    public URI back(RunningServer.Reply sentTo) {
        Map<String, String> asked = form(URI.create(sentTo.header("Location")).getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        return URI.create("/tarn/v1/sign-in/callback?code=" + code + "&state=" + asked.get("state") + "&iss="
                + URLEncoder.encode(issuer(), StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static final class Shared {
        static final TestIssuer ISSUER = start();
    }
}
