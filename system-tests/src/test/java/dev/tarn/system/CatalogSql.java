package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;

/** Our SQL beside another engine's on the same tables. Rows are their values as texts between bars; NULL is null. */
record CatalogSql(Api api) {
    List<String> rows(String sql) {
        Answer answer = api.sql(sql);
        assertThat(answer.status()).as(sql + ": " + answer).isEqualTo(200);
        return answer.rows().stream()
                .map(row -> String.join(
                        "|",
                        StreamSupport.stream(row.spliterator(), false)
                                .map(value -> value.asString("null"))
                                .toList()))
                .toList();
    }

    /** Has rows, and these in any order. */
    void reads(String sql, List<String> rows) {
        assertThat(rows(sql)).as(sql).isNotEmpty().containsExactlyInAnyOrderElementsOf(rows);
    }
}
