package dev.tarn.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleCheckTest {
    private static final ContractFile FILE = ContractFile.read("datalynxr");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{error: {code: x}}                                 | lacks message",
                "{error: {code: x, message: 7}}                     | is not of type",
                "{error: {code: x, message: y, hint: z}}            | unknown field hint",
            })
    void findsWhatDoesNotFit(String example, String problem) {
        assertThat(problems("Error", example)).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{statement: SELECT 1, timeout_ms: 0}               | out of range",
                "{statement: SELECT 1, timeout_ms: 1.5}             | is not of type",
            })
    void findsNumbersThatDoNotFit(String example, String problem) {
        assertThat(problems("ExecuteRequest", example)).contains(problem);
    }

    @Test
    void findsTextsThatDoNotFit() {
        assertThat(problems(
                        "ExecuteResponse",
                        "{query_id: qry-1, status: done, rows: [], columns: [], elapsed_ms: 1, bytes_scanned: 0}"))
                .contains("does not match", "is none of");
    }

    private static String problems(String schema, String example) {
        ExampleCheck check = new ExampleCheck(FILE);
        check.value("here", FILE.document().at("/components/schemas/" + schema), StrictYaml.parse(example));
        return String.join("\n", check.problems());
    }
}
