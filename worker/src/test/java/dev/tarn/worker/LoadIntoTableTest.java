package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoadIntoTableTest extends Loading {
    private static final List<TargetColumn> TARGET = List.of(
            new TargetColumn(7, "id", "BIGINT", true),
            new TargetColumn(8, "Name", "VARCHAR", false),
            new TargetColumn(9, "price", "DECIMAL(10,2)", false),
            new TargetColumn(11, "n", "INTEGER", false),
            new TargetColumn(12, "f", "FLOAT", false),
            new TargetColumn(13, "day", "DATE", false),
            new TargetColumn(14, "at", "TIMESTAMP WITH TIME ZONE", false),
            new TargetColumn(15, "u", "UUID", false));

    @Test
    void anExistingTableTakesWhatFits() throws IOException, SQLException {
        Message.Loaded loaded = (Message.Loaded) ask(
                bytes(
                        "NAME,id,price,at,day,u,f,n\nx,1,2.5,2020-01-01 00:00:00,2020-01-01,11111111-2222-3333-4444-55555555555A,0.1,-5\n,2,,2020-01-01T00:00:00+01:00,,,,\n"),
                FileOptions.FOUND,
                TARGET);
        assertThat(loaded.columns().stream().map(LoadedColumn::fieldId)).containsExactly(7, 8, 9, 11, 12, 13, 14, 15);
        assertThat(rows(loaded).getFirst())
                .containsExactly(
                        "1",
                        "x",
                        "2.50",
                        "-5",
                        "0.1",
                        "2020-01-01",
                        "2020-01-01 00:00:00+00",
                        "11111111-2222-3333-4444-55555555555a");
        assertThat(rows(loaded).get(1).get(6)).isEqualTo("2019-12-31 23:00:00+00");
        Message.Loaded missing = (Message.Loaded) ask(bytes("id\n5\n"), FileOptions.FOUND, TARGET);
        assertThat(rows(missing).getFirst().subList(0, 3)).containsExactly("5", null, null);
        Message.Loaded none = (Message.Loaded) ask(bytes("id\n"), FileOptions.FOUND, TARGET);
        assertThat(none.files()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void aCellThatDoesNotFitTheTableIsNamed(String column, String value) throws IOException {
        String file =
                column.equals("id") ? "Name,id\nx,1\nx," + value + "\n" : "id," + column + "\n1,\n1," + value + "\n";
        Failure failure = failure(bytes(file), FileOptions.FOUND, TARGET);
        assertThat(failure.kind()).isEqualTo(Kind.BAD_ROW);
        assertThat(failure.line()).isEqualTo(3);
        assertThat(failure.column()).isEqualTo(column);
        assertThat(failure.value()).isEqualTo(value);
    }

    static Stream<Arguments> aCellThatDoesNotFitTheTableIsNamed() {
        return Stream.of(
                        List.of("id", "1.0"),
                        List.of("id", "9223372036854775808"),
                        List.of("id", "x"),
                        List.of("id", ""),
                        List.of("price", "1.234"),
                        List.of("price", "1234567890123456789012345678901234567"),
                        List.of("price", "1e2"),
                        List.of("n", "9223372036854775808"),
                        List.of("n", "1.5"),
                        List.of("n", "true"),
                        List.of("f", "0.123456789123456789"),
                        List.of("f", "1e400"),
                        List.of("day", "01/02/2020"),
                        List.of("day", "2021-02-29"),
                        List.of("day", "2020-01-01 00:00:00"),
                        List.of("at", "10:00:00"),
                        List.of("u", "1-2-3-4-5"))
                .map(pair -> Arguments.of(pair.get(0), pair.get(1)));
    }

    @Test
    void aHeaderThatDoesNotFitTheTableIsAFailure() throws IOException {
        assertThat(failure(bytes("id,nope\n1,2\n"), FileOptions.FOUND, TARGET).message())
                .contains("'nope'");
        assertThat(failure(bytes("price\n1\n"), FileOptions.FOUND, TARGET).message())
                .contains("'id'");
        assertThat(failure(bytes("id,ID\n1,2\n"), FileOptions.FOUND, TARGET).kind())
                .isEqualTo(Kind.BAD_FILE);
        assertThat(failure(bytes("1,2\n"), FileOptions.csv(null, null, false), TARGET)
                        .kind())
                .isEqualTo(Kind.BAD_FILE);
        List<TargetColumn> blob = List.of(new TargetColumn(1, "b", "BLOB", false));
        assertThat(failure(bytes("b\nx\n"), FileOptions.FOUND, blob).kind()).isEqualTo(Kind.BAD_FILE);
    }

    @Test
    void withoutAHeaderColumnsAreTakenByPosition() throws IOException, SQLException {
        Message.Loaded loaded =
                (Message.Loaded) ask(bytes("1,a\n2,b\n"), FileOptions.csv(null, null, false), TARGET.subList(0, 2));
        assertThat(rows(loaded)).containsExactly(List.of("1", "a"), List.of("2", "b"));
    }
}
