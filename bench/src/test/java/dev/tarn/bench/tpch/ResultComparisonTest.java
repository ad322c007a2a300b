package dev.tarn.bench.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.bench.harness.RowSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResultComparisonTest {
    @Test
    void equalValuesMayBeSpelledDifferently() {
        assertThat(difference(rows(row("a", "1.50", "3.0E0")), rows(row("a", "1.5", "3"))))
                .isEmpty();
    }

    @Test
    void floatingPointIsComparedWithATolerance() {
        assertThat(difference(rows(row("a", "1", "0.30000000000000004")), rows(row("a", "1", "0.3"))))
                .isEmpty();
        assertThat(difference(rows(row("a", "1", "0.3001")), rows(row("a", "1", "0.3"))))
                .hasValue("row 1 is [a, 1, 0.3001] here and [a, 1, 0.3] there");
    }

    @Test
    void decimalsAreComparedExactly() {
        assertThat(difference(
                        rows(row("a", "12345678901234567890.01", "1")), rows(row("a", "12345678901234567890.02", "1"))))
                .isPresent();
    }

    @Test
    void textIsNeverTakenForAnotherText() {
        assertThat(difference(rows(row("a ", "1", "1")), rows(row("a", "1", "1"))))
                .isPresent();
    }

    @Test
    void nullEqualsNullAlone() {
        assertThat(difference(rows(row("a", null, "1")), rows(row("a", null, "1"))))
                .isEmpty();
        assertThat(difference(rows(row("a", null, "1")), rows(row("a", "0", "1"))))
                .isPresent();
        assertThat(difference(rows(row("a", "1", null)), rows(row("a", "1", "0"))))
                .isPresent();
    }

    @Test
    void theOrderCounts() {
        assertThat(difference(
                        rows(row("a", "1", "1"), row("b", "1", "1")), rows(row("b", "1", "1"), row("a", "1", "1"))))
                .hasValue("row 1 is [a, 1, 1] here and [b, 1, 1] there");
    }

    @Test
    void rowsThatTieMayComeInAnyOrder() {
        assertThat(difference(
                        rows(row("a", "1", "1"), row("a", "2", "1"), row("a", "2", "2"), row("b", "1", "1")),
                        rows(row("a", "2", "2"), row("a", "2", "1"), row("a", "1", "1"), row("b", "1", "1"))))
                .isEmpty();
    }

    @Test
    void tiesAreComparedAsBags() {
        assertThat(difference(
                        rows(row("a", "1", "1"), row("a", "1", "1"), row("a", "2", "1")),
                        rows(row("a", "1", "1"), row("a", "2", "1"), row("a", "2", "1"))))
                .isPresent();
    }

    @Test
    void ofATieThatTheLimitCutsAnyRowsMayCome() {
        RowSet ours = rows(row("a", "1", "1"), row("b", "1", "1"), row("b", "2", "1"));
        RowSet theirs = rows(row("a", "1", "1"), row("b", "2", "1"), row("b", "3", "1"));

        assertThat(ResultComparison.difference(query(List.of("k"), OptionalInt.of(3)), ours, theirs))
                .isEmpty();
        assertThat(ResultComparison.difference(query(List.of("k"), OptionalInt.of(4)), ours, theirs))
                .isPresent();
    }

    @Test
    void withoutAnOrderAllRowsTie() {
        RowSet ours = rows(row("a", "1", "1"), row("b", "1", "1"));
        RowSet theirs = rows(row("b", "1", "1"), row("a", "1", "1"));

        assertThat(ResultComparison.difference(query(List.of(), OptionalInt.empty()), ours, theirs))
                .isEmpty();
    }

    @Test
    void shapesMustAgree() {
        RowSet one = rows(row("a", "1", "1"));

        assertThat(difference(one, rows())).hasValue("1 rows here and 0 there");
        assertThat(difference(one, new RowSet(List.of("k", "e", "g"), one.types(), one.rows())))
                .hasValue("columns are [k, e, f] here and [k, e, g] there");
        assertThat(difference(rows(), rows())).isEmpty();
    }

    private static Optional<String> difference(RowSet ours, RowSet theirs) {
        return ResultComparison.difference(query(List.of("k"), OptionalInt.empty()), ours, theirs);
    }

    private static TpchQuery query(List<String> order, OptionalInt limit) {
        return new TpchQuery("q00", "SELECT", order, limit);
    }

    /** A key, an exact number, a floating point number. */
    private static RowSet rows(@Nullable String[]... rows) {
        return new RowSet(
                List.of("k", "e", "f"),
                List.of("STRING", "DECIMAL(38,2)", "DOUBLE"),
                Arrays.stream(rows).map(Arrays::asList).toList());
    }

    private static @Nullable String[] row(@Nullable String... cells) {
        return cells;
    }
}
