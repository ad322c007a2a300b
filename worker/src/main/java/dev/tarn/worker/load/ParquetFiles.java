package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** Writes a registered stream of rows as Parquet files of about the wanted size. */
final class ParquetFiles {
    private static final int ROW_GROUP_ROWS = 122_880;
    /** Rows of a group are held in memory: a table of thousands of columns gets smaller groups. */
    private static final int ROW_GROUP_CELLS = 8_000_000;

    private final LoadTask task;

    ParquetFiles(LoadTask task) {
        this.task = task;
    }

    /** An empty file, which DuckDB writes for no rows, is deleted. */
    List<WrittenFile> write(DuckDBConnection connection, String stream, List<Column> columns)
            throws SQLException, IOException {
        List<WrittenFile> files = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet written = statement.executeQuery(copy(stream, columns))) {
            while (written.next()) {
                WrittenFile file = new WrittenFile(
                        written.getString("filename"), written.getLong("count"), written.getLong("file_size_bytes"));
                if (file.rows() > 0) {
                    files.add(file);
                } else {
                    Files.deleteIfExists(Path.of(file.path()));
                }
            }
        }
        return files;
    }

    private String copy(String stream, List<Column> columns) {
        List<String> values = new ArrayList<>();
        int cell = 0;
        for (Column column : columns) {
            values.add((column.source() < 0 ? "CAST(NULL AS " + column.typeText() + ")" : value(column, cell++))
                    + " AS " + Sql.name(column.name()));
        }
        String selected = String.join(", ", values);
        String fieldIds = columns.stream()
                .map(column -> Sql.text(column.name()) + ": " + column.fieldId())
                .collect(Collectors.joining(", ", "{", "}"));
        int groupRows = Math.clamp(ROW_GROUP_CELLS / Math.max(1, columns.size()), 2_048, ROW_GROUP_ROWS);
        return "COPY (SELECT " + selected + " FROM " + stream + ") TO " + Sql.text(task.outputFolder())
                + " (FORMAT parquet, COMPRESSION zstd, FIELD_IDS " + fieldIds
                + ", ROW_GROUP_SIZE " + groupRows
                + ", FILE_SIZE_BYTES '" + Math.max(1, task.targetFileBytes()) + "B'"
                + ", FILENAME_PATTERN " + Sql.text(task.filePrefix() + "-{i}")
                + ", OVERWRITE_OR_IGNORE true, RETURN_STATS true)";
    }

    private static String value(Column column, int cell) {
        return column.known().base() == ColumnType.Base.UUID ? "CAST(c" + cell + " AS UUID)" : "c" + cell;
    }

    /** DuckDB may write under a temporary name first. */
    private boolean ours(String name) {
        String prefix = task.filePrefix() + "-";
        return name.endsWith(".parquet") && (name.startsWith(prefix) || name.startsWith("tmp_" + prefix));
    }

    /** Deletes whatever an unfinished write has left. */
    void delete() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                Path.of(task.outputFolder()), path -> ours(path.getFileName().toString()))) {
            for (Path path : left) {
                Files.deleteIfExists(path);
            }
        }
    }
}
