package dev.tarn.loading;

import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.TypeNames;
import dev.tarn.catalog.WriteMode;
import dev.tarn.engine.WorkerRows;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.GivenColumn;
import dev.tarn.worker.protocol.TargetColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/** Columns on their way between a caller's words, a worker's and Iceberg's. */
final class LoadTasks {
    private LoadTasks() {}

    /** The columns that a caller asks for, as a worker is told of them. */
    static List<GivenColumn> given(List<LoadRequest.WantedColumn> columns) {
        Set<String> names = new HashSet<>();
        return columns.stream()
                .map(column -> {
                    String name = column.name() == null ? column.source() : column.name();
                    if (!names.add(name)) {
                        throw new TarnException(
                                ErrorCode.INVALID_REQUEST,
                                "Two of the columns are called %s; give one of them another name".formatted(name));
                    }
                    return new GivenColumn(column.source(), name, type(column.type()));
                })
                .toList();
    }

    private static @Nullable String type(@Nullable String text) {
        return text == null ? null : TypeNames.duckdb(TypeNames.parse(text, () -> 0));
    }

    /** The columns of the table that takes the rows; none for a table that is made of them. */
    static List<TargetColumn> target(TableWrite write) {
        return write.mode() == WriteMode.APPEND ? WorkerRows.target(write) : List.of();
    }

    /** What the caller is told of the columns that were written. */
    static List<LoadResult.StoredColumn> stored(TableWrite write, Schema schema) {
        return schema.columns().stream()
                .filter(column -> write.tells(column.name()))
                .map(column -> new LoadResult.StoredColumn(column.name(), TypeNames.of(column.type())))
                .toList();
    }
}
