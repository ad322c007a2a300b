package dev.tarn.adoption;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.network.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of another's REST catalog. What it answers besides JSON is not repeated: it may hold anything. */
final class RestCatalogCalls {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_BYTES = 32 << 20;

    private final OutboundHttp http;
    private final String base;
    private final WantedAdoption wanted;
    private final @Nullable CatalogSecret secret;
    private @Nullable String token;

    RestCatalogCalls(OutboundHttp http, WantedAdoption wanted, @Nullable CatalogSecret secret) {
        this.http = http;
        this.base = wanted.location().replaceFirst("/+$", "");
        this.wanted = wanted;
        this.secret = secret;
    }

    /**
     * Returns when the catalog of an adoption may be called.
     *
     * @throws TarnException {@code INVALID_REQUEST}
     */
    static void require(OutboundHttp http, WantedAdoption wanted) {
        allow(http, wanted.location());
        Optional.ofNullable(wanted.tokenAddress()).ifPresent(address -> allow(http, address));
    }

    private static void allow(OutboundHttp http, String address) {
        URI uri = uri(address);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("The address %s must end before ? and #".formatted(address));
        }
        try {
            http.require(uri);
        } catch (IOException e) {
            throw refused("The address %s cannot be called: %s".formatted(address, told(e)));
        }
    }

    /** What went wrong, for people: a name that is not known is told by its exception's name alone. */
    private static String told(IOException e) {
        return switch (e) {
            case java.net.UnknownHostException unknown -> "there is no host of that name";
            case java.net.ConnectException refused -> "nothing answers there";
            case java.net.http.HttpTimeoutException late -> "it does not answer in time";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static URI uri(String address) {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            throw refused("%s is no address; write one like https://catalog.example.com/iceberg".formatted(address));
        }
    }

    /** A text as a part of a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The JSON at a path below the catalog's address. */
    JsonNode get(String path) {
        return json("GET " + path, answer(path));
    }

    /** The same; empty when the catalog says that there is nothing of that name. */
    Optional<JsonNode> find(String path) {
        OutboundHttp.Answer answer = answer(path);
        return answer.status() == 404 ? Optional.empty() : Optional.of(json("GET " + path, answer));
    }

    private OutboundHttp.Answer answer(String path) {
        OutboundHttp.Answer answer = ask(path);
        if (answer.status() == 401 && secret != null && secret.kind() == CatalogSecret.Kind.CREDENTIAL) {
            token = null; // it may have expired
            answer = ask(path);
        }
        return answer;
    }

    private OutboundHttp.Answer ask(String path) {
        try {
            return http.get(uri(base + path), authorization(), MOST_BYTES);
        } catch (IOException e) {
            throw refused("The catalog %s does not answer: %s".formatted(base, told(e)));
        }
    }

    private JsonNode json(String what, OutboundHttp.Answer answer) {
        if (answer.status() != 200) {
            throw refused("The catalog %s answered %s with the status %d".formatted(base, what, answer.status()));
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw refused("The catalog %s answered %s with what is no JSON".formatted(base, what));
        }
    }

    private Optional<String> authorization() {
        if (secret == null) {
            return Optional.empty();
        }
        if (token == null) {
            token = switch (secret.kind()) {
                case TOKEN -> secret.value();
                case CREDENTIAL -> fetched(secret.value());
            };
        }
        return Optional.of("Bearer " + token);
    }

    private String fetched(String credential) {
        int colon = credential.indexOf(':');
        String form = "grant_type=client_credentials&scope="
                + encoded(Optional.ofNullable(wanted.scope()).orElse("catalog"))
                + (colon < 0 ? "" : "&client_id=" + encoded(credential.substring(0, colon)))
                + "&client_secret=" + encoded(credential.substring(colon + 1));
        String address = Optional.ofNullable(wanted.tokenAddress()).orElse(base + "/v1/oauth/tokens");
        try {
            String fetched = json("the question for a token", http.post(uri(address), form, Optional.empty()))
                    .path("access_token")
                    .asString("");
            if (fetched.isEmpty()) {
                throw refused("%s gives no token for the credential".formatted(address));
            }
            return fetched;
        } catch (IOException e) {
            throw refused("%s gives no token: %s".formatted(address, told(e)));
        }
    }

    private static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }
}
