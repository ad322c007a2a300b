package dev.tarn.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The answer of SHOW, DESCRIBE and EXPLAIN: it comes from the catalog and reads no data. Values are text, whole numbers, truth values
 * or null.
 *
 * @param tables whose readers alone may see it
 */
record ListedResult(List<ResultColumn> columns, List<List<@Nullable Object>> rows, List<String> tables)
        implements QueryResult {
    ListedResult(List<ResultColumn> columns, List<List<@Nullable Object>> rows) {
        this(columns, rows, List.of());
    }

    @Override
    public long rowCount() {
        return rows.size();
    }

    /** Nothing but names. */
    @Override
    public Reading reading() {
        return new Reading(
                0,
                tables.stream()
                        .map(table -> new Reading.TableRead(table, Optional.empty()))
                        .toList());
    }

    @Override
    public void writeRows(JsonGenerator json, RowShape shape) {
        for (List<@Nullable Object> row : rows) {
            RowWriter.start(json, shape);
            for (int i = 0; i < row.size(); i++) {
                RowWriter.name(json, shape, columns.get(i).name());
                json.writePOJO(row.get(i));
            }
            RowWriter.end(json, shape);
        }
    }

    @Override
    public void close() {}
}
