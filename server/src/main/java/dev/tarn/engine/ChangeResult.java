package dev.tarn.engine;

import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/**
 * The answer of a statement that wrote.
 *
 * @param rows how many rows it wrote; empty for one that writes none
 * @param reading what its query read
 */
public record ChangeResult(OptionalLong rows, Reading reading) implements QueryResult {
    /** Of a statement that writes no rows. */
    public static final ChangeResult NONE = new ChangeResult(OptionalLong.empty(), Reading.NONE);

    private static final List<ResultColumn> COUNT = List.of(new ResultColumn("num_affected_rows", "BIGINT"));

    @Override
    public List<ResultColumn> columns() {
        return rows.isPresent() ? COUNT : List.of();
    }

    @Override
    public long rowCount() {
        return rows.isPresent() ? 1 : 0;
    }

    @Override
    public void writeRows(JsonGenerator json, RowShape shape) {
        rows.ifPresent(count -> {
            RowWriter.start(json, shape);
            RowWriter.name(json, shape, COUNT.getFirst().name());
            json.writeNumber(count);
            RowWriter.end(json, shape);
        });
    }

    @Override
    public void close() {}
}
