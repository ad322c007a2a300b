package dev.tarn.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One of {@code contracts/*.yaml}, as the server serves it from its class path.
 *
 * @param name the file's name without its ending
 * @param document the whole file
 * @param operations in the file's order
 * @param clientOperations in the file's order
 */
public record ContractFile(
        String name, JsonNode document, List<Operation> operations, List<ClientOperation> clientOperations) {
    /** The published contracts, which {@code operations.csv} lists. */
    static final List<String> PUBLISHED = List.of("datalynxr", "datixlab", "drls", "datalinks", "data-ml");

    /** Every contract that has a file. */
    public static final List<String> NAMES =
            Stream.concat(PUBLISHED.stream(), Stream.of("iceberg", "tarn")).toList();

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    /** Reads a contract's file. */
    public static ContractFile read(String name) {
        JsonNode document = StrictYaml.parse(text("/contracts/" + name + ".yaml"));
        return new ContractFile(
                name,
                document,
                document.path("paths")
                        .propertyStream()
                        .flatMap(path -> operationsOf(name, path))
                        .toList(),
                document.path("x-tarn-client-operations")
                        .valueStream()
                        .map(ClientOperation::of)
                        .toList());
    }

    /** Every contract's file. */
    public static List<ContractFile> all() {
        return NAMES.stream().map(ContractFile::read).toList();
    }

    /** What a {@code $ref} points at; any other node is itself. */
    public JsonNode resolve(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        String reference = node.path("$ref").asString("");
        JsonNode target = document.at(reference.replaceFirst("^#", ""));
        if (!reference.startsWith("#/") || target.isMissingNode()) {
            throw new IllegalArgumentException(name + ".yaml has no " + reference);
        }
        return target;
    }

    String title() {
        return document.path("info").path("title").asString("");
    }

    String description() {
        return document.path("info").path("description").asString("").strip();
    }

    private static Stream<Operation> operationsOf(String contract, Map.Entry<String, JsonNode> path) {
        return path.getValue()
                .propertyStream()
                .filter(entry -> METHODS.contains(entry.getKey()))
                .map(entry -> new Operation(
                        contract,
                        entry.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        path.getValue(),
                        entry.getValue()));
    }

    static String text(String resource) {
        try (InputStream stream = ContractFile.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("There is no " + resource + " on the class path.");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
