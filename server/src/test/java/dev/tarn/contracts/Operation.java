package dev.tarn.contracts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One operation of a contract file.
 *
 * @param contract the file's name without its ending
 * @param method as OpenAPI has it, in upper case
 * @param pathItem what all operations of the path share
 * @param node the operation itself
 */
public record Operation(String contract, String method, String path, JsonNode pathItem, JsonNode node) {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    public String id() {
        return node.path("operationId").asString("");
    }

    public String summary() {
        return node.path("summary").asString("");
    }

    public State state() {
        return State.of(node.path("x-tarn-state").asString(""));
    }

    /** The class of the test that holds it to its examples. */
    public Optional<String> test() {
        return node.path("x-tarn-test").asStringOpt();
    }

    /** Whether that class exists. */
    boolean tested() {
        return test().filter(Operation::isClass).isPresent();
    }

    public Optional<Isolation> isolation() {
        return node.has("x-tarn-isolation")
                ? Optional.of(Isolation.of(node.path("x-tarn-isolation")))
                : Optional.empty();
    }

    /** Whether it is answered without a key. */
    public boolean open() {
        return node.has("security") && node.path("security").isEmpty();
    }

    /** Whether a published contract lacks it, and we have it in its style. */
    boolean ours() {
        return node.path("x-tarn-ours").asBoolean(false);
    }

    /** Other paths of the same operation. */
    public List<String> aliases() {
        return texts(node.path("x-tarn-alias"));
    }

    /** The names in the path's braces. */
    public List<String> pathParameters() {
        return PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
    }

    /** Parameters of the path and of the operation, references not followed. */
    public Stream<JsonNode> parameters() {
        return Stream.concat(
                pathItem.path("parameters").valueStream(),
                node.path("parameters").valueStream());
    }

    /** The method as the contract names it: WS and ANY are not OpenAPI's. */
    public String listedMethod() {
        return node.path("x-tarn-method").asString(method).toUpperCase(Locale.ROOT);
    }

    /** The path as the contract writes it. */
    public String listedPath() {
        return node.path("x-tarn-path").asString(path);
    }

    /** Method and path with the names of parameters left out: what two operations must not share. */
    String route() {
        return method + " " + PARAMETER.matcher(path).replaceAll("{}");
    }

    static boolean isClass(String name) {
        return Operation.class.getResource("/" + name.replace('.', '/') + ".class") != null;
    }

    static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Override
    public String toString() {
        return listedMethod() + " " + listedPath();
    }
}
