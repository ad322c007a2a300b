package dev.tarn.access;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.network.OutboundHttp;
import dev.tarn.platform.secrets.SealedValues;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Turns the code that a browser brought from a provider into what the provider says of its user. */
final class CodeExchange {
    private static final Logger LOG = LoggerFactory.getLogger(CodeExchange.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OutboundHttp http;
    private final Issuers issuers;
    private final JwtCheck check;
    private final SealedValues sealed;

    CodeExchange(OutboundHttp http, Issuers issuers, JwtCheck check, SealedValues sealed) {
        this.http = http;
        this.issuers = issuers;
        this.check = check;
        this.sealed = sealed;
    }

    /**
     * The claims of the ID token.
     *
     * @throws TarnException {@code ISSUER_UNAVAILABLE} when the provider does not answer, {@code UNAUTHENTICATED} when it refuses
     *     the code, or its token is not good
     */
    JWTClaimsSet claims(IdentityProvider provider, String code, BrowserSecrets browser, String redirectUri) {
        SignedJWT token = JwtCheck.parsed(idToken(provider, code, browser, redirectUri))
                .orElseThrow(() -> refused("it sent no ID token"));
        try {
            JWTClaimsSet claims = check.claims(token, provider.issuer(), provider.clientId())
                    .orElseThrow(() -> refused("its ID token is not good"));
            String nonce = claims.getStringClaim("nonce");
            String party = claims.getStringClaim("azp");
            boolean ours = party == null ? claims.getAudience().size() == 1 : party.equals(provider.clientId());
            if (nonce == null || !Secrets.same(nonce, browser.nonce()) || !ours) {
                throw refused("its ID token is for another sign-in");
            }
            return claims;
        } catch (ParseException e) {
            throw refused("its ID token is not good");
        }
    }

    private String idToken(IdentityProvider provider, String code, BrowserSecrets browser, String redirectUri) {
        IssuerMetadata metadata = issuers.metadata(provider.issuer());
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.put("code_verifier", browser.verifier());
        Optional<String> secret = sealed.find(IdentityProviders.sealedName(provider.tenantId(), provider.name()))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        Optional<String> authorization =
                secret.filter(text -> metadata.basic()).map(text -> basic(provider.clientId(), text));
        if (authorization.isEmpty()) {
            form.put("client_id", provider.clientId());
            secret.ifPresent(text -> form.put("client_secret", text));
        }
        try {
            OutboundHttp.Answer answer = http.post(metadata.tokenEndpoint(), encoded(form), authorization);
            if (answer.status() / 100 == 5) {
                throw unavailable(provider);
            }
            return answer.status() == 200
                    ? JSON.readTree(answer.body()).path("id_token").asString("")
                    : "";
        } catch (IOException e) {
            LOG.warn("The identity provider {} cannot be asked for a token: {}", provider.name(), e.getMessage());
            throw unavailable(provider);
        } catch (JacksonException e) {
            throw refused("it sent no JSON");
        }
    }

    /** RFC 6749, 2.3.1: both are form-encoded first. */
    private static String basic(String clientId, String secret) {
        String pair = form(clientId) + ":" + form(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> form(field.getKey()) + "=" + form(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static TarnException refused(String why) {
        return new TarnException(
                ErrorCode.UNAUTHENTICATED, "The identity provider's answer was not accepted: %s".formatted(why));
    }

    private static TarnException unavailable(IdentityProvider provider) {
        return new TarnException(
                ErrorCode.ISSUER_UNAVAILABLE,
                "The identity provider %s does not answer; try again in a minute".formatted(provider.name()));
    }

    /** The address that a browser is sent to. */
    String authorizationAddress(IdentityProvider provider, BrowserSecrets browser, String redirectUri) {
        String address =
                issuers.metadata(provider.issuer()).authorizationEndpoint().toString();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", provider.clientId());
        query.put("redirect_uri", redirectUri);
        query.put("scope", String.join(" ", provider.scopes()));
        query.put("state", browser.state());
        query.put("nonce", browser.nonce());
        query.put("code_challenge", browser.challenge());
        query.put("code_challenge_method", "S256");
        return address + (address.contains("?") ? "&" : "?") + encoded(query);
    }

    /** Whether an answer comes from this provider and not from another one that a browser was sent to (RFC 9207). */
    boolean isFrom(IdentityProvider provider, Optional<String> namedIssuer) {
        return namedIssuer
                .map(issuer -> issuer.equals(provider.issuer()))
                .orElseGet(() -> !issuers.metadata(provider.issuer()).namesItself());
    }
}
