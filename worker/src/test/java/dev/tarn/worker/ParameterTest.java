package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Parameter;
import dev.tarn.worker.protocol.Query;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterTest extends WorkerTest {
    private static Parameter text(String value) {
        return new Parameter("VARCHAR", value);
    }

    private static Query bound(String sql, Parameter... parameters) {
        return new Query(sql, Arrays.asList(parameters), List.of(), "iceberg", "shop", MEMORY, 2);
    }

    private List<List<String>> rows(String sql, Parameter... parameters) throws IOException {
        worker.send(new Message.Run(nextId(), bound(sql, parameters)));
        return Results.of(worker.conversation()).rows();
    }

    private Failure failure(String sql, Parameter... parameters) throws IOException {
        return failureOf(new Message.Run(nextId(), bound(sql, parameters)));
    }

    @Test
    void aTextComparesAsAQuotedLiteralDoes() throws IOException {
        assertThat(rows("select i from range(10) t(i) where i = $1", text("7"))).containsExactly(List.of("7"));
        assertThat(rows(
                        "select count(*) from (values (date '2024-01-01'), (date '2024-02-01')) t(d) where d >= $1",
                        text("2024-02-01")))
                .containsExactly(List.of("1"));
        assertThat(rows(
                        "select count(*) from (values (timestamptz '2024-01-01'), (null)) t(d) where d between $1 and $2",
                        text("2023-01-01"),
                        text("2024-01-01 00:00:00Z")))
                .containsExactly(List.of("1"));
        assertThat(rows("select 1.50::decimal(5,2) in ($1, $2), 'a' = $3", text("2"), text("1.5"), text("a")))
                .containsExactly(List.of("true", "true"));
        assertThat(rows("select $1 || '!', length($1)", text("ü'; drop table x; --")))
                .containsExactly(List.of("ü'; drop table x; --!", "20"));
    }

    @Test
    void everyTypeArrivesAsItself() throws IOException {
        assertThat(rows(
                        "select typeof($1), typeof($2), typeof($3), typeof($4), typeof($5), typeof($6), typeof($7),"
                                + " typeof($8), typeof($9)",
                        new Parameter("BIGINT", "5"),
                        new Parameter("DECIMAL", "1.50"),
                        new Parameter("DOUBLE", "1e3"),
                        new Parameter("BOOLEAN", "true"),
                        new Parameter("DATE", "2024-01-01"),
                        new Parameter("TIMESTAMP", "2024-01-01T10:00:00"),
                        new Parameter("TIMESTAMP WITH TIME ZONE", "2024-01-01T10:00:00+02:00"),
                        new Parameter("UUID", "11111111-2222-3333-4444-555555555555"),
                        new Parameter("TIME", "10:00:00.5")))
                .containsExactly(List.of(
                        "BIGINT",
                        "DECIMAL(3,2)",
                        "DOUBLE",
                        "BOOLEAN",
                        "DATE",
                        "TIMESTAMP",
                        "TIMESTAMP WITH TIME ZONE",
                        "UUID",
                        "TIME"));
        assertThat(rows("select $1::date + 1", new Parameter("DATE", "2024-01-01")))
                .hasSize(1);
        assertThat(rows(
                        "select $1, $2",
                        new Parameter("HUGEINT", "99999999999999999999999999999999999999"),
                        new Parameter("DECIMAL(38,10)", "1.5")))
                .containsExactly(List.of("99999999999999999999999999999999999999", "1.5000000000"));
        assertThat(rows("select $1 is null, $1", new Parameter("VARCHAR", null)))
                .containsExactly(Arrays.asList("true", null));
        assertThat(rows("select $1", new Parameter("TIMESTAMP WITH TIME ZONE", "2024-01-01T00:00:00+02:00")))
                .containsExactly(List.of("1704060000000000"));
    }

    @Test
    void aResultThatMustBeCastTakesParametersToo() throws IOException {
        assertThat(rows("select to_days($1) as d, $2 as x -- done;", new Parameter("INTEGER", "3"), text("y")))
                .containsExactly(List.of("3 days", "y"));
        assertThat(rows("select time '10:00:00'::timetz where 5 = $1;", text("5")))
                .containsExactly(List.of("10:00:00+00"));
    }

    @Test
    void explainAndSyntaxTreeKnowParameters() throws IOException {
        assertThat(rows("explain select i from range(10) t(i) where i = $1", text("7")))
                .hasSize(1);
        assertThat(rows("explain select $1", text("7"))).hasSize(1);
        assertThat(rows("explain analyze select i + $1 from range(10) t(i)", new Parameter("BIGINT", "7")))
                .hasSize(1);
        Message.Parsed parsed = (Message.Parsed) worker.ask(new Message.Parse(nextId(), "select $2, $1 where a > $1"));
        assertThat(parsed.syntaxTree()).contains("VALUE_PARAMETER").contains("\"identifier\":\"2\"");
    }

    @Test
    void whatDoesNotFitIsNamed() throws IOException {
        Failure date = failure("select $1", new Parameter("DATE", "2024-02-30"));
        assertThat(date.kind()).isEqualTo(Kind.TYPE);
        assertThat(date.message()).isEqualTo("'2024-02-30', the value of parameter $1, is no DATE");
        assertThat(failure("select $1", new Parameter("BIGINT", "1.5")).kind()).isEqualTo(Kind.TYPE);
        assertThat(failure("select $1", new Parameter("BIGINT", "9223372036854775808"))
                        .kind())
                .isEqualTo(Kind.TYPE);
        assertThat(failure("select $1", new Parameter("DECIMAL(3,1)", "1.25")).kind())
                .isEqualTo(Kind.TYPE);
        assertThat(failure("select $1", new Parameter("INTEGER[]", "[1]")).kind())
                .isEqualTo(Kind.BINDING);
        assertThat(failure("select $1, $2", text("a")).kind()).isEqualTo(Kind.BINDING);
        assertThat(failure("select 1", text("a")).kind()).isEqualTo(Kind.BINDING);
        Failure bad = failure("select i from range(10) t(i) where i = $1", text("x"));
        assertThat(bad.kind()).isEqualTo(Kind.TYPE);
        assertThat(bad.message()).contains("'x'");
        Failure unknown = failure("select nope, $1", text("x"));
        assertThat(unknown.kind()).isEqualTo(Kind.BINDING);
        assertThat(unknown.offset()).isEqualTo(7);
    }
}
