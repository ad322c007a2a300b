package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of a table that whoever adds the rows is not told of. */
class HiddenColumnsTest extends Loading {
    private static final TargetColumn SALARY = new TargetColumn(1, "Salary", "BIGINT", false, true, null);
    private static final TargetColumn MUST = new TargetColumn(2, "must", "BIGINT", true, true, null);
    private static final TargetColumn ID = new TargetColumn(3, "id", "BIGINT", false);
    private static final TargetColumn NAME = new TargetColumn(4, "name", "VARCHAR", false);

    @ParameterizedTest
    @CsvSource({"a.csv,'name,id\nann,1\n'", "a.ndjson,'{\"name\":\"ann\",\"id\":1}\n'"})
    void getNoValue(String file, String content) throws IOException, SQLException {
        Message.Loaded loaded = load(request().file(file, content).into(SALARY, ID, NAME));
        assertThat(columns(loaded)).isEqualTo("Salary BIGINT, id BIGINT, name VARCHAR");
        assertThat(lines(loaded)).containsExactly("NULL~1~ann");
    }

    @ParameterizedTest
    @CsvSource({"a.csv,'id,salary\n1,2\n'", "a.csv,'id,Salary\n1,2\n'", "a.ndjson,'{\"id\":1,\"salary\":2}\n'"})
    void areNotThere(String file, String content) throws IOException {
        Failure failure = failure(request().file(file, content).into(SALARY, ID, NAME));
        assertThat(failure.message()).containsIgnoringCase("the table has no column 'salary'");
    }

    @ParameterizedTest
    @CsvSource({"a.csv,'id\n1\n'", "a.ndjson,'{\"id\":1}\n'"})
    void areNotNamedWhereTheyMustHaveAValue(String file, String content) throws IOException {
        Failure failure = failure(request().file(file, content).into(MUST, ID));
        assertThat(failure.message()).contains("you may not see").doesNotContain("must'");
    }

    @Test
    void areNotCounted() throws IOException {
        Failure failure = failure(request()
                .file("a.csv", "1,2,3\n4,5,6\n")
                .options(LoadRequest.told().header(false))
                .into(SALARY, ID, NAME));
        assertThat(failure.message()).contains("the table has 2");
    }
}
