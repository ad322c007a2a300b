package dev.tarn.engine;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * The answer of a script: a row for each of its statements.
 *
 * @param changes what each has answered, in their order
 */
public record ScriptResult(List<ChangeResult> changes) implements QueryResult {
    private static final List<ResultColumn> COLUMNS =
            List.of(new ResultColumn("statement", "BIGINT"), new ResultColumn("num_affected_rows", "BIGINT"));

    public ScriptResult {
        changes = List.copyOf(changes);
    }

    @Override
    public List<ResultColumn> columns() {
        return COLUMNS;
    }

    @Override
    public long rowCount() {
        return changes.size();
    }

    @Override
    public Reading reading() {
        return Reading.of(changes.stream().map(ChangeResult::reading).toList());
    }

    /** How many rows all of them wrote. */
    public long affected() {
        return changes.stream().mapToLong(change -> change.rows().orElse(0)).sum();
    }

    /** A statement that writes no rows has none in its row. */
    @Override
    public void writeRows(JsonGenerator json, RowShape shape) {
        for (int i = 0; i < changes.size(); i++) {
            RowWriter.start(json, shape);
            RowWriter.name(json, shape, COLUMNS.getFirst().name());
            json.writeNumber(i + 1);
            RowWriter.name(json, shape, COLUMNS.getLast().name());
            changes.get(i).rows().ifPresentOrElse(json::writeNumber, json::writeNull);
            RowWriter.end(json, shape);
        }
    }

    @Override
    public void close() {}
}
