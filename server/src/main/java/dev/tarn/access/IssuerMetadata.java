package dev.tarn.access;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What an issuer publishes of itself (OpenID Connect Discovery 1.0).
 *
 * @param basic whether it takes a client's secret in the Authorization header
 * @param namesItself whether its answer to a sign-in names it (RFC 9207)
 */
record IssuerMetadata(URI authorizationEndpoint, URI tokenEndpoint, URI keys, boolean basic, boolean namesItself) {

    static IssuerMetadata of(String issuer, JsonNode document) throws IOException {
        if (!issuer.equals(document.path("issuer").asString(""))) {
            throw new IOException("its document names another issuer");
        }
        JsonNode methods = document.path("token_endpoint_auth_methods_supported");
        boolean basic = !methods.isArray()
                || methods.valueStream().anyMatch(method -> method.asString("").equals("client_secret_basic"));
        return new IssuerMetadata(
                address(document, "authorization_endpoint"),
                address(document, "token_endpoint"),
                address(document, "jwks_uri"),
                basic,
                document.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static URI address(JsonNode document, String name) throws IOException {
        try {
            return Optional.of(document.path(name).asString(""))
                    .map(URI::create)
                    .filter(uri -> uri.getHost() != null && uri.getRawFragment() == null)
                    .filter(uri -> "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    .orElseThrow(() -> new IOException("its document has no " + name));
        } catch (IllegalArgumentException e) {
            throw new IOException("its document has no " + name, e);
        }
    }
}
