package dev.tarn.api.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogPathTest {
    private static final List<Integer> NUMBERS =
            IntStream.range(0, 2_500).boxed().toList();

    private static Page<Integer> list(PageRequest page) {
        int from = page.cursor().map(last -> Integer.parseInt(last) + 1).orElse(0);
        List<Integer> found = NUMBERS.subList(from, Math.min(from + page.limit() + 1, NUMBERS.size()));
        return Page.of(found, page.limit(), String::valueOf);
    }

    @Test
    void whoKnowsOfNoPagesGetsAllThereIs() {
        Page<Integer> all = CatalogPath.page(null, null, CatalogPathTest::list);

        assertThat(all.items()).isEqualTo(NUMBERS);
        assertThat(all.next()).isEmpty();
    }

    @Test
    void whoAsksForPagesGetsThem() {
        Page<Integer> first = CatalogPath.page("", null, CatalogPathTest::list);
        Page<Integer> second = CatalogPath.page(first.next().orElseThrow(), 5_000, CatalogPathTest::list);
        Page<Integer> third = CatalogPath.page(second.next().orElseThrow(), 1_000, CatalogPathTest::list);

        assertThat(first.items()).hasSize(1_000);
        assertThat(second.items()).hasSize(1_000);
        assertThat(third.items()).isEqualTo(NUMBERS.subList(2_000, 2_500));
        assertThat(third.next()).isEmpty();
        assertThat(CatalogPath.page(null, 3, CatalogPathTest::list).items()).containsExactly(0, 1, 2);
    }
}
