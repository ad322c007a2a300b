package dev.tarn.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The contract files hold every operation that is listed, and say the same thing about it in the same way. */
class ContractFilesTest {
    /** What is answered without a key: logins that carry their own secret, health, these files, signed uploads. */
    private static final Set<String> OPEN = Set.of(
            "GET /api/health",
            "PUT {presigned_url}",
            "POST /api/v1/login/access-token",
            "POST /api/v1/refresh",
            "POST /api/v1/logout",
            "GET /api/v1/utils/health-check/",
            "POST /iceberg/v1/oauth/tokens",
            "POST /tarn/v1/session",
            "GET /tarn/v1/sign-in",
            "GET /tarn/v1/sign-in/{name}",
            "GET /tarn/v1/sign-in/callback",
            "GET /livez",
            "GET /readyz",
            "GET /openapi/{contract}");

    private static final Set<String> KEYS_OF_NOT_YET = Set.of(
            "operationId",
            "summary",
            "security",
            "x-tarn-state",
            "x-tarn-alias",
            "x-tarn-method",
            "x-tarn-path",
            "x-tarn-source");

    /** Where a null, or a key that has the name of a keyword, is a value of somebody else's. */
    private static final Set<String> VALUES = Set.of("example", "examples", "value", "body", "default");

    static List<ContractFile> files() {
        return ContractFile.all();
    }

    static Stream<ContractFile> published() {
        return ContractFile.PUBLISHED.stream().map(ContractFile::read);
    }

    @ParameterizedTest
    @MethodSource("published")
    void everyListedOperationIsThereAndNothingMore(ContractFile file) {
        List<ListedOperation> listed = ListedOperation.of(file.name());

        assertThat(file.operations())
                .filteredOn(operation -> !operation.ours())
                .extracting(Operation::toString)
                .containsExactlyInAnyOrderElementsOf(listed.stream()
                        .filter(row -> !row.ofClient())
                        .map(ListedOperation::toString)
                        .toList());
        assertThat(file.clientOperations())
                .extracting(ClientOperation::name)
                .containsExactlyElementsOf(listed.stream()
                        .filter(ListedOperation::ofClient)
                        .map(ListedOperation::path)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("published")
    void everyListedAliasIsThere(ContractFile file) {
        for (ListedOperation row : ListedOperation.of(file.name())) {
            row.alias()
                    .ifPresent(alias -> assertThat(operation(file, row).aliases())
                            .as(row.toString())
                            .contains(alias));
        }
    }

    @Test
    void everyPathOfDataMlHasBothSlashForms() {
        for (Operation operation : ContractFile.read("data-ml").operations()) {
            List<String> forms = new ArrayList<>(operation.aliases());
            forms.add(operation.path());
            assertThat(forms)
                    .allSatisfy(form -> assertThat(forms)
                            .contains(form.endsWith("/") ? form.substring(0, form.length() - 1) : form + "/"));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFileSaysWhatItIs(ContractFile file) {
        assertThat(file.document().path("openapi").asString("")).isEqualTo("3.1.0");
        assertThat(file.document().has("servers")).as("paths are full").isFalse();
        assertThat(file.document().path("security").path(0).has("bearer")).isTrue();
        assertThat(file.title()).isNotBlank();
        assertThat(file.description()).isNotBlank();
        assertThat(file.operations()).extracting(Operation::id).doesNotHaveDuplicates();
        assertThat(file.operations()).allSatisfy(operation -> {
            assertThat(operation.id()).matches("[a-z][A-Za-z]+");
            assertThat(operation.summary()).isNotBlank().doesNotContain("|").doesNotEndWith(".");
            assertThat(operation.state()).isNotNull();
        });
        assertThat(file.clientOperations()).extracting(ClientOperation::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyPathParameterIsDescribed(ContractFile file) {
        assertThat(file.operations()).allSatisfy(operation -> {
            List<JsonNode> declared = operation
                    .parameters()
                    .map(file::resolve)
                    .filter(parameter -> parameter.path("in").asString("").equals("path"))
                    .toList();
            assertThat(declared)
                    .extracting(parameter -> parameter.path("name").asString(""))
                    .containsExactlyElementsOf(operation.pathParameters());
            assertThat(declared)
                    .allMatch(parameter -> parameter.path("required").asBoolean(false));
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsNotYetServedPromisesNothing(ContractFile file) {
        assertThat(file.operations())
                .filteredOn(operation -> operation.state() == State.NOT_YET)
                .allSatisfy(operation ->
                        assertThat(KEYS_OF_NOT_YET).containsAll(operation.node().propertyNames()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyReferenceLeadsSomewhereAndNullStandsInValuesOnly(ContractFile file) {
        requireSound(file, "", file.document());
    }

    @Test
    void onlyWhatCarriesItsOwnSecretIsOpen() {
        assertThat(allOperations().filter(Operation::open))
                .extracting(Operation::toString)
                .containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void noTwoOperationsShareAMethodAndPath() {
        assertThat(allOperations().flatMap(ContractFilesTest::routes)).doesNotHaveDuplicates();
    }

    private static Stream<Operation> allOperations() {
        return files().stream().flatMap(file -> file.operations().stream());
    }

    private static Stream<String> routes(Operation operation) {
        return Stream.concat(Stream.of(operation.path()), operation.aliases().stream())
                .map(path -> new Operation(
                                operation.contract(), operation.method(), path, operation.pathItem(), operation.node())
                        .route());
    }

    private static Operation operation(ContractFile file, ListedOperation row) {
        return file.operations().stream()
                .filter(operation -> operation.toString().equals(row.toString()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file.name() + ".yaml has no " + row));
    }

    private static void requireSound(ContractFile file, String place, JsonNode node) {
        assertThat(node.isNull())
                .as(place + " is null: quote a text with commas")
                .isFalse();
        if (node.path("$ref").isString()) {
            assertThat(file.resolve(node).isObject()).as(place).isTrue();
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!VALUES.contains(entry.getKey())) {
                requireSound(file, place + "/" + entry.getKey(), entry.getValue());
            }
        }
        if (node.isArray()) {
            node.forEach(item -> requireSound(file, place + "/-", item));
        }
    }
}
