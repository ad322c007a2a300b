package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Finds the rows with a value that its column cannot take, in the order of the files. */
final class EngineFaults {
    private final ParquetSources sources;
    private final List<EngineColumn> checked;

    EngineFaults(ParquetSources sources, List<EngineColumn> columns) {
        this.sources = sources;
        this.checked = columns.stream().filter(column -> column.fault() != null).toList();
    }

    /** True for a row with a fault, as SQL. */
    static String any(List<EngineColumn> columns) {
        List<String> faults = new ArrayList<>();
        for (EngineColumn column : columns) {
            String fault = column.fault();
            if (fault != null) {
                faults.add(fault);
            }
        }
        return "(" + String.join(" OR ", faults) + ")";
    }

    /** Whether there is any; files whose types fit by themselves are not read for it. */
    boolean into(Rejects rejects, Instance instance) throws TaskFailedException, SQLException, IOException {
        if (checked.isEmpty()) {
            return false;
        }
        boolean numbered = sources.rowsAreNumbered();
        StringBuilder which = new StringBuilder("CASE");
        StringBuilder value = new StringBuilder("CASE");
        for (int i = 0; i < checked.size(); i++) {
            String fault = checked.get(i).fault();
            which.append(" WHEN ").append(fault).append(" THEN ").append(i);
            value.append(" WHEN ")
                    .append(fault)
                    .append(" THEN ")
                    .append(checked.get(i).shown());
        }
        String query = "SELECT " + which + " END, " + value + " END, "
                + (numbered ? "filename, file_row_number + 1" : "NULL, -1") + " FROM " + sources.relation()
                + " WHERE " + any(checked)
                + (numbered ? " ORDER BY file_index, file_row_number" : "")
                + " LIMIT " + (rejects.skips() ? Rejects.MOST + 1 : 1);
        try (Statement statement = instance.connection().createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                take(rows, rejects);
            }
        }
        return rejects.count() > 0;
    }

    private void take(ResultSet rows, Rejects rejects) throws SQLException, TaskFailedException, IOException {
        EngineColumn column = checked.get(rows.getInt(1));
        String value = rows.getString(2);
        String path = rows.getString(3);
        long row = rows.getLong(4);
        String known = path == null ? sources.paths().getFirst() : path;
        String file = sources.names().getOrDefault(known, "");
        String source = column.source() == null ? column.name() : column.source();
        String where = row < 0 ? file : "Row " + row + " of " + file;
        rejects.take(
                file,
                Faults.row(
                        row,
                        source,
                        value == null ? "" : value,
                        value == null
                                ? where + " has no value for '" + source + "', which must have one"
                                : where + " has '" + Faults.brief(value) + "', which is no "
                                        + column.to().text() + " as column '" + column.name() + "' needs"),
                null);
    }
}
