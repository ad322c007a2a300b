package dev.tarn.worker.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.duckdb.NearCuts.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files along a Z-order curve are boxes, neither small nor large. */
class NearCutsTest {
    private static List<Long> cuts(List<Piece> pieces, long wanted) {
        List<Long> cuts = new ArrayList<>();
        for (long first = 0; first <= pieces.getLast().last(); first = cuts.getLast() + 1) {
            cuts.add(new NearCuts(pieces).last(first, wanted));
            assertThat(cuts.getLast()).isGreaterThanOrEqualTo(first);
        }
        return cuts;
    }

    private static List<Piece> even(int count, int rows) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Piece(i, (i + 1L) * rows - 1))
                .toList();
    }

    @Test
    void evenRowsAreCutIntoHalvesOfHalves() {
        assertThat(cuts(even(16, 100), 200)).hasSize(8).startsWith(199L, 399L);
        assertThat(cuts(even(16, 100), 300)).containsExactly(399L, 799L, 1199L, 1599L);
        assertThat(cuts(even(16, 100), 260)).hasSize(8);
        assertThat(cuts(even(16, 100), 5_000)).containsExactly(1599L);
    }

    @Test
    void manyRowsInOnePieceAreCutAnywhereAndFewAreNoFileOfTheirOwn() {
        List<Piece> pieces = List.of(new Piece(0, 999), new Piece(1, 1_009), new Piece(2, 1_019), new Piece(7, 1_219));
        assertThat(cuts(pieces, 400)).containsExactly(399L, 999L, 1_219L);
    }
}
