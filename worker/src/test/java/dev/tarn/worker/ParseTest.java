package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.Message;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParseTest extends WorkerTest {

    @Test
    void aSelectComesBackAsATree() throws IOException {
        Message parsed = worker.ask(new Message.Parse(nextId(), "select * from a.b.c where x = 'ü'; select 2"));
        assertThat(((Message.Parsed) parsed).syntaxTree())
                .startsWith("{\"error\":false")
                .contains("\"path\":[\"a\",\"b\",\"c\"]")
                .contains("ü");
    }

    @Test
    void textWithoutAStatementIsAnEmptyTree() throws IOException {
        Message parsed = worker.ask(new Message.Parse(nextId(), " -- nothing"));
        assertThat(((Message.Parsed) parsed).syntaxTree()).isEqualTo("{\"error\":false,\"statements\":[]}");
    }

    @Test
    void aSyntaxErrorPointsIntoTheTextInUtf16() throws IOException {
        String sql = "select 'üü🎈', x frm t where (";
        Failure failure = parse(sql);
        assertThat(failure.kind()).isEqualTo(Kind.SYNTAX);
        assertThat(failure.message()).isEqualTo("syntax error at or near \"t\"");
        assertThat(failure.offset()).isEqualTo(sql.indexOf("t where"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (i int)",
                "insert into t values (1)",
                "copy t to '/tmp/x'",
                "attach '/tmp/x'",
                "install httpfs",
                "set threads = 1",
                "pragma version",
                "explain select 1",
                "select 1; drop table t"
            })
    void everythingButSelectIsNotAllowed(String sql) throws IOException {
        assertThat(parse(sql).kind()).isEqualTo(Kind.NOT_ALLOWED);
    }

    @Test
    void deepNestingIsACleanFailure() throws IOException {
        for (int depth : new int[] {3_000, 100_000}) {
            assertThat(parse("select " + "(".repeat(depth) + "1" + ")".repeat(depth))
                            .kind())
                    .isEqualTo(Kind.SYNTAX);
            assertThat(parse("select " + "[".repeat(depth) + "1" + "]".repeat(depth))
                            .kind())
                    .isEqualTo(Kind.SYNTAX);
        }
        assertThat(parse("select " + "(select ".repeat(3_000) + "1" + ")".repeat(3_000))
                        .kind())
                .isEqualTo(Kind.SYNTAX);
    }

    @Test
    void aTreeThatIsTooLargeIsRefused() throws IOException {
        assertThat(parse("select 1" + ", 1".repeat(100_000)).kind()).isIn(Kind.NOT_ALLOWED, Kind.OUT_OF_MEMORY);
    }

    private Failure parse(String sql) throws IOException {
        return failureOf(new Message.Parse(nextId(), sql));
    }
}
