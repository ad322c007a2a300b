package dev.tarn.loading;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.catalog.TableDescription;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.TypeNames;
import dev.tarn.catalog.WriteMode;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.protocol.RejectPolicy;
import dev.tarn.worker.protocol.TargetColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a load of an upload would begin with; nothing is written. */
public final class Previews {
    public static final int DEFAULT_ROWS = 100;
    public static final int MOST_ROWS = 1_000;

    private final Access access;
    private final LoadingParts parts;

    Previews(LoadingParts parts) {
        this.access = parts.access();
        this.parts = parts;
    }

    /**
     * What is to be looked at.
     *
     * @param table the table that would take the rows, and how
     */
    public record Wanted(
            UUID upload,
            FileOptions options,
            List<LoadRequest.WantedColumn> columns,
            Optional<TableName> table,
            WriteMode mode,
            int rows) {}

    /**
     * What would be loaded.
     *
     * @param options as they were told or found
     * @param rows as text, one cell a column; null is no value
     * @param warnings whole sentences
     */
    public record Seen(
            Map<String, Object> options,
            List<String> files,
            List<Preview.PreviewColumn> columns,
            List<List<@Nullable String>> rows,
            List<String> warnings) {}

    /** Reads the first rows of an upload of the caller's own. */
    public Seen preview(Caller caller, Wanted wanted) {
        access.requireSomebody(caller);
        if (wanted.rows() < 1 || wanted.rows() > MOST_ROWS) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A preview has 1 to %d rows, not %d".formatted(MOST_ROWS, wanted.rows()));
        }
        Upload upload = parts.uploads()
                .find(caller.tenantId(), caller.userId(), wanted.upload(), parts.now())
                .orElseThrow(() -> Uploads.unknown(wanted.upload()));
        LoadSource source = new LoadSource(
                parts.blobs().folder(caller.tenantId(), Upload.folder(upload.id())),
                upload.files(),
                upload.sha256(),
                Optional.of(upload.id()));
        List<TargetColumn> target = wanted.mode() == WriteMode.APPEND
                ? wanted.table()
                        .map(table -> target(parts.tables(), caller, table))
                        .orElse(List.of())
                : List.of();
        LoadTask task = new LoadTask(
                source.inputs(),
                wanted.options(),
                LoadTasks.given(wanted.columns()),
                target,
                true,
                RejectPolicy.STOP,
                parts.scratch().toString(),
                "preview-" + upload.id(),
                parts.targetFileBytes(),
                parts.conversion().memoryBytes(),
                parts.conversion().threads());
        Preview preview = parts.conversion().preview(task, wanted.rows(), new Cancellation("preview"));
        return new Seen(
                OptionTexts.of(preview.options()),
                preview.files(),
                preview.columns().stream().map(Previews::inOurWords).toList(),
                preview.rows(),
                warnings(preview, target));
    }

    private static List<TargetColumn> target(Tables tables, Caller caller, TableName table) {
        TableDescription described = tables.describe(caller, table);
        return described.columns().stream()
                .map(column -> new TargetColumn(
                        column.id(),
                        column.name(),
                        TypeNames.duckdb(TypeNames.parse(column.type(), () -> 0)),
                        !column.nullable()))
                .toList();
    }

    private static Preview.PreviewColumn inOurWords(Preview.PreviewColumn column) {
        return new Preview.PreviewColumn(
                column.source(), column.name(), TypeNames.of(TypeNames.parse(column.type(), () -> 0)));
    }

    private static List<String> warnings(Preview preview, List<TargetColumn> target) {
        List<String> warnings = new ArrayList<>(preview.warnings());
        Set<String> known = target.stream().map(TargetColumn::name).collect(Collectors.toSet());
        if (!target.isEmpty()) {
            preview.columns().stream()
                    .filter(column -> !known.contains(column.name()))
                    .forEach(column -> warnings.add(
                            "The table has no column %s; with add_columns it gets one".formatted(column.name())));
        }
        return warnings;
    }
}
