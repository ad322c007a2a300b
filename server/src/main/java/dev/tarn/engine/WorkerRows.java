package dev.tarn.engine;

import dev.tarn.catalog.TypeNames;
import dev.tarn.catalog.WrittenFile;
import dev.tarn.worker.protocol.LoadedColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** What a worker wrote, in the catalog's words. */
public final class WorkerRows {
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

    public static List<WrittenFile> files(List<dev.tarn.worker.protocol.WrittenFile> files) {
        return files.stream()
                .map(file -> new WrittenFile(Path.of(file.path()), file.rows(), file.bytes()))
                .toList();
    }
}
