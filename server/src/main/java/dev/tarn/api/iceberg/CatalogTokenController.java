package dev.tarn.api.iceberg;

import dev.tarn.access.Caller;
import dev.tarn.access.ClientCredentials;
import dev.tarn.api.ContractFailure;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** OAuth's token endpoint, for clients that will have one. What is shown comes back as the token. */
@RestController
class CatalogTokenController {
    private static final int LONGEST_FORM = 64 * 1024;
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private final ClientCredentials credentials;

    CatalogTokenController(ClientCredentials credentials) {
        this.credentials = credentials;
    }

    @PostMapping("/iceberg/v1/oauth/tokens")
    ResponseEntity<Map<String, Object>> token(Caller caller, @RequestBody(required = false) byte[] body) {
        Map<String, String> form = form(body);
        String secret = switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> required(form, "client_secret");
            case "urn:ietf:params:oauth:grant-type:token-exchange" -> required(form, "subject_token");
            default ->
                throw refused(
                        400, "unsupported_grant_type", "The grant types are client_credentials and token-exchange");
        };
        try {
            Map<String, Object> token = new LinkedHashMap<>();
            token.put("access_token", credentials.accessToken(caller, secret));
            token.put("issued_token_type", ACCESS_TOKEN);
            token.put("token_type", "bearer");
            return ResponseEntity.ok(token);
        } catch (TarnException e) {
            if (e.code() != ErrorCode.UNAUTHENTICATED) {
                throw e;
            }
            ContractFailure failure = refused(401, "invalid_client", "The client secret is no key or token of Tarn's");
            failure.initCause(e);
            throw failure;
        }
    }

    private static String required(Map<String, String> form, String name) {
        return Optional.ofNullable(form.get(name))
                .orElseThrow(() -> refused(400, "invalid_request", "The form lacks " + name));
    }

    private static ContractFailure refused(int status, String error, String description) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        return new ContractFailure(status, body);
    }

    private static Map<String, String> form(byte[] body) {
        if (body == null || body.length > LONGEST_FORM) {
            throw refused(
                    400, "invalid_request", "The body must be a form of at most %d bytes".formatted(LONGEST_FORM));
        }
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                try {
                    form.put(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
                } catch (IllegalArgumentException e) {
                    ContractFailure failure = refused(400, "invalid_request", "The body must be an encoded form");
                    failure.initCause(e);
                    throw failure;
                }
            }
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
