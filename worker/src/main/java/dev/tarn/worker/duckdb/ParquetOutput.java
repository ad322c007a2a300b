package dev.tarn.worker.duckdb;

import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Data files of one table, of about the wanted size each.
 *
 * @param folder exists
 * @param prefix files are {@code <prefix>-<n>.parquet}
 */
public record ParquetOutput(String folder, String prefix, long targetFileBytes) {
    private static final int ROW_GROUP_ROWS = 122_880;
    /** Rows of a group are held in memory: a table of thousands of columns gets smaller groups. */
    private static final int ROW_GROUP_CELLS = 8_000_000;
    /** Of a file of which nothing is known. */
    public static final long FIRST_FILE_ROWS = 1_000_000;
    /** How many files a fenced statement can write: small ones may be more, for about 256 GB together. */
    private static final int FENCED_FILES = 1_000;

    private static final long FENCED_BYTES = 256L << 30;

    /** A column of the files; its parts get the ids that follow those of the columns. */
    public record Column(int fieldId, String name, DuckType type) {}

    /**
     * The statement that writes the rows of {@code select}.
     *
     * @param ordered one file, whatever its size, with the rows in the order of {@code select}: of several files the engine's
     *     threads fill each as they come
     */
    String copy(String select, List<Column> columns, boolean ordered) {
        String files = ", FILE_SIZE_BYTES '" + Math.max(1, targetFileBytes) + "B', FILENAME_PATTERN "
                + Sql.text(prefix + "-{i}") + ", OVERWRITE_OR_IGNORE true";
        return ordered ? copy(select, columns, 0) : copy(select, columns, folder, files);
    }

    /** The statement that writes the rows, in their order, as the file of that number. */
    String copy(String select, List<Column> columns, int number) {
        return copy(select, columns, path(number), "");
    }

    private static String copy(String select, List<Column> columns, String to, String files) {
        int leaves = columns.stream().mapToInt(column -> leaves(column.type())).sum();
        int groupRows = Math.clamp(ROW_GROUP_CELLS / Math.max(1, leaves), 2_048, ROW_GROUP_ROWS);
        return "COPY (" + select + ") TO " + Sql.text(to)
                + " (FORMAT parquet, COMPRESSION zstd, FIELD_IDS " + new FieldIds(columns).text() + ", ROW_GROUP_SIZE "
                + groupRows + files + ", RETURN_STATS true)";
    }

    /** How many rows the next file takes, when files of so many rows took so many bytes. */
    public long rows(long rows, long bytes) {
        return bytes == 0 ? FIRST_FILE_ROWS : Math.max(ROW_GROUP_ROWS, targetFileBytes * rows / bytes);
    }

    private String path(int number) {
        return folder + "/" + prefix + "-" + number + ".parquet";
    }

    /** An empty file, which DuckDB writes for no rows, is deleted. */
    static List<WrittenFile> written(PreparedStatement copy) throws SQLException, IOException {
        List<WrittenFile> files = new ArrayList<>();
        try (ResultSet written = copy.executeQuery()) {
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

    /** What a statement behind a fence must be allowed that has the folder for itself; see {@link Instance#fence}. */
    public List<String> ownFolder() {
        return List.of(folder + "/");
    }

    /** All paths that a statement behind a fence must be allowed: no other file of the folder is among them. */
    public List<String> paths() {
        List<String> paths = new ArrayList<>();
        paths.add(folder);
        for (int i = 0; i < fencedFiles(); i++) {
            paths.add(path(i));
            paths.add(folder + "/tmp_" + prefix + "-" + i + ".parquet");
        }
        return paths;
    }

    private int fencedFiles() {
        return Math.clamp(FENCED_BYTES / Math.max(1, targetFileBytes), FENCED_FILES, RowsToFiles.MAX_FILES);
    }

    /** Deletes whatever an unfinished write has left; DuckDB may write under a temporary name first. */
    public void delete() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                Path.of(folder), path -> ours(path.getFileName().toString()))) {
            for (Path path : left) {
                Files.deleteIfExists(path);
            }
        }
    }

    private boolean ours(String name) {
        return name.endsWith(".parquet") && (name.startsWith(prefix + "-") || name.startsWith("tmp_" + prefix + "-"));
    }

    private static int leaves(DuckType type) {
        return switch (type) {
            case DuckType.Scalar _ -> 1;
            case DuckType.Struct struct ->
                struct.fields().stream().mapToInt(field -> leaves(field.type())).sum();
            case DuckType.ListOf list -> leaves(list.element());
            case DuckType.MapOf map -> leaves(map.key()) + leaves(map.value());
        };
    }

    private static final class FieldIds {
        private final List<Column> columns;
        private int last;

        FieldIds(List<Column> columns) {
            this.columns = columns;
            this.last = columns.stream().mapToInt(Column::fieldId).max().orElse(0);
        }

        String text() {
            return columns.stream()
                    .map(column -> Sql.text(column.name()) + ": " + node(column.fieldId(), column.type()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }

        private String node(int id, DuckType type) {
            String own = "{__duckdb_field_id: " + id + ", ";
            return switch (type) {
                case DuckType.Scalar _ -> String.valueOf(id);
                case DuckType.Struct struct ->
                    struct.fields().stream()
                            .map(field -> Sql.text(field.name()) + ": " + node(++last, field.type()))
                            .collect(Collectors.joining(", ", own, "}"));
                case DuckType.ListOf list -> own + "element: " + node(++last, list.element()) + "}";
                case DuckType.MapOf map -> {
                    String key = "key: " + node(++last, map.key());
                    yield own + key + ", value: " + node(++last, map.value()) + "}";
                }
            };
        }
    }
}
