package dev.tarn.contracts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What the isolation matrix is generated from; the head of {@code contracts/tarn.yaml} tells what it means.
 *
 * @param request path, query, headers, content-type and body of a right call, with placeholders
 * @param foreign each place where the request names a thing of a tenant
 * @param shared parameters and fields that name nothing of a tenant although they look like it
 * @param operator whether only the operator may call it, who knows the names of tenants
 * @param roles whether a role is {@code allowed}, {@code forbidden}, or finds the thing {@code hidden}; by name, {@code others},
 *     and {@code elsewhere} for a key that is restricted to something else
 */
public record Isolation(
        JsonNode request, List<Foreign> foreign, List<String> shared, Map<String, String> roles, boolean operator) {
    static Isolation of(JsonNode node) {
        return new Isolation(
                node.path("request"),
                node.path("foreign").valueStream().map(Foreign::of).toList(),
                Operation.texts(node.path("shared")),
                node.path("roles")
                        .propertyStream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, role -> role.getValue().asString(""))),
                node.path("operator").asBoolean(false));
    }

    /** What a role may. */
    public Optional<String> may(String role) {
        return Optional.ofNullable(roles.getOrDefault(role, roles.get("others")));
    }

    /** Whether a parameter or field is accounted for. */
    boolean knows(String place, String name) {
        return shared.contains(name)
                || foreign.stream()
                        .anyMatch(entry ->
                                entry.place().equals(place) && entry.name().equals(name));
    }

    /**
     * One place, and what the server answers when it names another tenant's thing.
     *
     * @param place path, query or body
     * @param name of the parameter or field
     * @param kind of the thing
     * @param value what stands there, with a placeholder of the kind
     * @param with merged over the request for this case
     * @param expect the status
     */
    public record Foreign(String place, String name, String kind, String value, Optional<JsonNode> with, int expect) {
        static Foreign of(JsonNode node) {
            String kind = node.path("kind").asString("");
            return new Foreign(
                    node.path("in").asString(""),
                    node.path("name").asString(""),
                    kind,
                    node.path("value").asString("{" + kind + "}"),
                    node.has("with") ? Optional.of(node.path("with")) : Optional.empty(),
                    node.path("expect").asInt(0));
        }
    }
}
