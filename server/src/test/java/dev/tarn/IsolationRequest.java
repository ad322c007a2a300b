package dev.tarn;

import dev.tarn.RunningServer.Reply;
import dev.tarn.contracts.Isolation;
import dev.tarn.contracts.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request of the isolation matrix, with its placeholders, before it is sent. */
record IsolationRequest(Operation operation, JsonNode parts) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The call that is right in itself. */
    static IsolationRequest right(Operation operation) {
        return new IsolationRequest(
                operation, operation.isolation().orElseThrow().request());
    }

    /** The same with what a foreign entry merges over it. Its own place is left to {@link #at}. */
    IsolationRequest merged(Isolation.Foreign foreign) {
        return foreign.with()
                .map(over -> new IsolationRequest(operation, merge(parts, over)))
                .orElse(this);
    }

    /** The same with a value at one place. */
    IsolationRequest at(Isolation.Foreign foreign, String value) {
        ObjectNode over = JSON.createObjectNode();
        over.putObject(foreign.place()).put(foreign.name(), value);
        return new IsolationRequest(operation, merge(parts, over));
    }

    /** The same with its placeholders replaced. */
    IsolationRequest filled(UnaryOperator<String> thing) {
        return new IsolationRequest(operation, fill(parts, thing));
    }

    /** Whether a key stands elsewhere than in the Authorization header. */
    boolean hasCredentialInside() {
        return parts.toString().contains("{credential}");
    }

    /** Sends it; without an Authorization header when that is null. */
    Reply send(RunningServer server, @Nullable String authorization) {
        List<String> headers = new ArrayList<>();
        if (authorization != null) {
            headers.addAll(List.of("Authorization", authorization));
        }
        Optional<String> body = body();
        body.ifPresent(text -> headers.addAll(
                List.of("Content-Type", parts.path("content-type").asString("application/json"))));
        for (Map.Entry<String, JsonNode> header : parts.path("headers").properties()) {
            headers.addAll(List.of(header.getKey(), header.getValue().asString()));
        }
        return server.send(operation.method(), address(), body.orElse(null), headers.toArray(String[]::new));
    }

    private String address() {
        String path = PLACEHOLDER
                .matcher(operation.path())
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        encoded(parts.path("path").path(found.group(1)).asString())));
        String query = parts.path("query")
                .propertyStream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue().asString()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    private Optional<String> body() {
        JsonNode body = parts.path("body");
        if (body.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(body.isString() ? body.asString() : body.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonNode merge(JsonNode under, JsonNode over) {
        if (!under.isObject() || !over.isObject()) {
            return over;
        }
        ObjectNode merged = JSON.createObjectNode();
        under.properties().forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
        over.properties().forEach(entry -> {
            JsonNode before = merged.path(entry.getKey());
            merged.set(entry.getKey(), before.isMissingNode() ? entry.getValue() : merge(before, entry.getValue()));
        });
        return merged;
    }

    private static JsonNode fill(JsonNode node, UnaryOperator<String> thing) {
        if (node.isString()) {
            return JSON.getNodeFactory().stringNode(fill(node.asString(), thing));
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode filled = JSON.createObjectNode();
        node.properties().forEach(entry -> filled.set(entry.getKey(), fill(entry.getValue(), thing)));
        return filled;
    }

    /** A text with its placeholders replaced. */
    static String fill(String text, UnaryOperator<String> thing) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (MatchResult found : PLACEHOLDER.matcher(text).results().toList()) {
            filled.append(text, from, found.start()).append(thing.apply(found.group(1)));
            from = found.end();
        }
        return filled.append(text.substring(from)).toString();
    }

    @Override
    public String toString() {
        return operation + " " + parts;
    }
}
