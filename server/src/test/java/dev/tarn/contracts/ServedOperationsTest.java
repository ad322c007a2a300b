package dev.tarn.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.BuiltInRole;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is served is described in full, tested, and part of the isolation matrix. */
class ServedOperationsTest {
    private static final Set<String> KINDS = Set.of(
            "table",
            "namespace",
            "workspace",
            "statement",
            "key",
            "load",
            "running_load",
            "upload",
            "past_statement",
            "saved_statement",
            "schedule",
            "submitted_statement",
            "adoption",
            "dropped_table",
            "query",
            "secret",
            "provider",
            "user",
            "user_name",
            "user_number",
            "role",
            "grant",
            "view_name",
            "metadata_file",
            "scan_plan",
            "upkeep_job",
            "tenant");

    private static final Set<String> PLACEHOLDERS = Set.of(
            "user_name",
            "user_number",
            "refresh_token",
            "user",
            "role",
            "grant",
            "tenant",
            "new_name",
            "shared_user_name",
            "table",
            "table_name",
            "new_table",
            "spare_table",
            "dropped_table",
            "password",
            "past_statement",
            "saved_statement",
            "schedule",
            "submitted_statement",
            "adoption",
            "query",
            "namespace",
            "workspace",
            "statement",
            "key",
            "load",
            "running_load",
            "upload",
            "secret",
            "provider",
            "spare_namespace",
            "spare_table_name",
            "view_name",
            "dropped_view_metadata",
            "dropped_view_name",
            "dropped_metadata",
            "metadata_file",
            "scan_plan",
            "upkeep_job",
            "version",
            "column",
            "partitioned_table",
            "snapshot",
            "credential");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    /** Parameters and fields of these names say which thing of a tenant is meant. */
    private static final Set<String> NAMES_OF_THINGS = Set.of(
            "catalog",
            "schema",
            "table",
            "namespace",
            "workspace",
            "statement",
            "load",
            "upload",
            "id",
            "user",
            "user_name",
            "tenant",
            "tenant_id");

    static Stream<ServedOperation> served() {
        return ContractFile.all().stream()
                .flatMap(file -> file.operations().stream()
                        .filter(operation -> operation.state().handled())
                        .map(operation -> new ServedOperation(file, operation)));
    }

    @Test
    void testsExist() {
        List<String> tests = served().map(served -> served.operation().test().orElse("none: " + served))
                .distinct()
                .toList();

        assertThat(tests)
                .allSatisfy(test ->
                        assertThat(Operation.isClass(test)).as(test + " exists").isTrue());
    }

    @ParameterizedTest
    @MethodSource("served")
    void answersAreDescribed(ServedOperation served) {
        JsonNode responses = served.operation().node().path("responses");

        assertThat(responses.propertyNames()).anyMatch(status -> status.startsWith("2") || status.equals("302"));
        assertThat(responses.has("401")).isEqualTo(!served.operation().open() || served.hasCredentialInside());
        assertThat(responses.propertyStream())
                .allSatisfy(response -> assertThat(served.file()
                                .resolve(response.getValue())
                                .path("description")
                                .asString(""))
                        .as(response.getKey())
                        .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("served")
    void examplesFitTheirSchemas(ServedOperation served) {
        ExampleCheck check = new ExampleCheck(served.file());

        check.operation(served.operation());

        assertThat(check.problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("served")
    void theIsolationMatrixKnowsEveryPlaceThatNamesAThing(ServedOperation served) {
        Isolation isolation = served.isolation();

        assertThat(served.places())
                .allSatisfy(place -> assertThat(isolation.knows(place.in(), place.name()))
                        .as(place.toString())
                        .isTrue());
        assertThat(isolation.roles()).containsKeys("Admin", "elsewhere");
        for (BuiltInRole role : BuiltInRole.values()) {
            assertThat(isolation.may(role.text())).as(role.text()).isPresent();
        }
        assertThat(isolation.roles().values()).allMatch(Set.of("allowed", "forbidden", "hidden")::contains);
        assertThat(isolation.foreign()).allSatisfy(foreign -> {
            assertThat(KINDS).contains(foreign.kind());
            assertThat(foreign.value()).contains("{" + foreign.kind());
            assertThat(served.declared()).contains(new Place(foreign.place(), foreign.name()));
            assertThat(served.operation().node().path("responses").has(String.valueOf(foreign.expect())))
                    .as("the status " + foreign.expect() + " is described")
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("served")
    void theIsolationMatrixHasARequestThatIsRight(ServedOperation served) {
        JsonNode request = served.isolation().request();

        assertThat(request.isObject()).isTrue();
        assertThat(PLACEHOLDER.matcher(request.toString()).results().map(found -> found.group(1)))
                .isSubsetOf(PLACEHOLDERS);
        assertThat(request.path("path").propertyNames())
                .containsExactlyElementsOf(served.operation().pathParameters());
        assertThat(served.declared().stream().map(Place::name))
                .containsAll(request.path("query").propertyNames());
        assertThat(request.has("body")).isEqualTo(served.operation().node().has("requestBody"));
    }

    /** A parameter or a field of the body. */
    record Place(String in, String name) {}

    record ServedOperation(ContractFile file, Operation operation) {
        Isolation isolation() {
            return operation.isolation().orElseThrow(() -> new AssertionError(operation + " has no x-tarn-isolation"));
        }

        boolean hasCredentialInside() {
            return isolation().request().toString().contains("{credential}");
        }

        /** All parameters, and the fields of a JSON body. */
        List<Place> declared() {
            Stream<Place> parameters = operation
                    .parameters()
                    .map(file::resolve)
                    .map(parameter -> new Place(
                            parameter.path("in").asString(""),
                            parameter.path("name").asString("")));
            JsonNode body = operation.node().at("/requestBody/content/application~1json/schema");
            Stream<Place> fields = file.resolve(body).path("properties").propertyNames().stream()
                    .map(name -> new Place("body", name));
            return Stream.concat(parameters, fields).toList();
        }

        /** The places that may name a thing of a tenant. */
        List<Place> places() {
            return declared().stream()
                    .filter(place -> place.in().equals("path") || NAMES_OF_THINGS.contains(place.name()))
                    .toList();
        }

        @Override
        public String toString() {
            return operation.toString();
        }
    }
}
