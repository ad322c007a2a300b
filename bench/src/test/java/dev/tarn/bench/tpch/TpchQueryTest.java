package dev.tarn.bench.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TpchQueryTest {
    @Test
    void thereAre22AndEachNamesItsOrder() throws IOException {
        List<TpchQuery> queries = TpchQuery.all(BigDecimal.ONE);

        assertThat(queries).hasSize(22);
        assertThat(queries.get(1).order()).containsExactly("s_acctbal", "n_name", "s_name", "p_partkey");
        assertThat(queries.get(1).limit()).hasValue(100);
        assertThat(queries.get(5).order()).isEmpty();
        assertThat(queries.get(5).limit()).isEmpty();
        for (TpchQuery query : queries) {
            assertThat(query.sql()).doesNotContain("--").doesNotContain("{");
            assertThat(query.sql().contains("\nORDER BY "))
                    .isEqualTo(!query.order().isEmpty());
        }
    }

    @Test
    void theFractionOfQuery11ShrinksWithTheData() throws IOException {
        assertThat(TpchQuery.all(BigDecimal.ONE).get(10).sql()).contains("* 0.0001\n");
        assertThat(TpchQuery.all(new BigDecimal("0.1")).get(10).sql()).contains("* 0.001\n");
        assertThat(TpchQuery.all(BigDecimal.TEN).get(10).sql()).contains("* 0.00001\n");
    }
}
