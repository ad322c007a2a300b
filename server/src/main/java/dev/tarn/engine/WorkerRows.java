package dev.tarn.engine;

import dev.tarn.catalog.DefaultValue;
import dev.tarn.catalog.TableShape;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.TypeNames;
import dev.tarn.catalog.WrittenFile;
import dev.tarn.worker.protocol.Arrangement;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.TargetColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** What a worker writes and has written, between its words and the catalog's. */
public final class WorkerRows {
    /** Smaller ones would be many files of few rows each. */
    private static final long SMALLEST_FILE = 1024 * 1024;

    private WorkerRows() {}

    /** The columns; the catalog knows them by their names, so ids need only differ. */
    public static Schema schema(List<LoadedColumn> columns) {
        AtomicInteger ids = new AtomicInteger();
        return new Schema(columns.stream()
                .map(column -> {
                    int id = ids.incrementAndGet();
                    return Types.NestedField.optional(
                            id, column.name(), TypeNames.parse(column.type(), ids::incrementAndGet));
                })
                .toList());
    }

    /** The columns of the table that takes the rows, as a worker must know them. */
    public static List<TargetColumn> target(TableWrite write) {
        return target(write, Map.of());
    }

    /**
     * The same where some columns have one value in all of the rows.
     *
     * @param fixed by the columns' names; empty for NULL
     */
    public static List<TargetColumn> target(TableWrite write, Map<String, Optional<DefaultValue>> fixed) {
        return write.existingSchema().orElseThrow().columns().stream()
                .map(column -> new TargetColumn(
                        column.fieldId(),
                        column.name(),
                        TypeNames.duckdb(column.type()),
                        column.isRequired(),
                        !write.tells(column.name()),
                        missing(column, fixed)))
                .toList();
    }

    private static @Nullable String missing(Types.NestedField column, Map<String, Optional<DefaultValue>> fixed) {
        Object value = column.writeDefault();
        if (fixed.containsKey(column.name())) {
            value = fixed.getOrDefault(column.name(), Optional.empty())
                    .map(constant -> (Object) constant.of(column.type()).value())
                    .orElse(null);
        }
        return value == null ? null : ConstantText.of(column.type(), value);
    }

    /** Where the files go, and how the rows are put into them. */
    public static MaterializeTask task(
            TableWrite write, long targetFileBytes, List<TargetColumn> target, List<String> given) {
        return new MaterializeTask(
                folder(write),
                write.filePrefix(),
                targetFileBytes(write, targetFileBytes),
                target,
                given,
                arrangement(write));
    }

    /** About how large a file becomes: what the table's property says, within reason, else what is usual. */
    public static long targetFileBytes(TableWrite write, long usual) {
        return write.property(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(text -> Math.max(SMALLEST_FILE, Long.parseLong(text)))
                .orElse(usual);
    }

    /** A table that wants its rows arranged wants files in a folder of their own. */
    public static String folder(TableWrite write) {
        return (write.shape().isPlain() ? write.dataFolder() : write.ownFolder()).toString();
    }

    public static Arrangement arrangement(TableWrite write) {
        return new Arrangement(
                write.shape().partitioning().stream()
                        .map(field -> Arrangement.Key.partition(
                                field.transform().column(), field.transform().text()))
                        .toList(),
                write.shape().order().stream().map(WorkerRows::key).toList());
    }

    static Arrangement.Key key(TableShape.Sort field) {
        return new Arrangement.Key(
                field.transform().column(), field.transform().text(), field.descending(), field.nullsFirst());
    }

    public static List<WrittenFile> files(List<dev.tarn.worker.protocol.WrittenFile> files) {
        return files.stream()
                .map(file -> new WrittenFile(Path.of(file.path()), file.rows(), file.bytes(), file.partition()))
                .toList();
    }
}
