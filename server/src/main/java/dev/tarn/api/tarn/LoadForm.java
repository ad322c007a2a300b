package dev.tarn.api.tarn;

import dev.tarn.catalog.TableName;
import dev.tarn.catalog.WriteMode;
import dev.tarn.loading.LoadRequest;
import dev.tarn.loading.LoadRequest.OnError;
import dev.tarn.loading.LoadRequest.WantedColumn;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a load may be told, from parameters or from JSON; null is absent. */
record LoadForm(
        @Nullable UUID id,
        @Nullable String table,
        @Nullable String mode,
        @Nullable OptionsForm options,
        @Nullable List<WantedColumn> columns,
        @Nullable Boolean addColumns,
        @Nullable String onError,
        @Nullable String rejectsTable,
        @Nullable Boolean once) {

    LoadRequest request() {
        if (table == null) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "table is missing: it names the table that takes the rows");
        }
        return new LoadRequest(
                Optional.ofNullable(id),
                TableName.parse(table),
                mode(mode),
                OptionsForm.of(options),
                columns(columns),
                addColumns != null && addColumns,
                onError(onError),
                Optional.ofNullable(rejectsTable).map(TableName::parse),
                once != null && once);
    }

    static List<WantedColumn> columns(@Nullable List<WantedColumn> columns) {
        if (columns == null) {
            return List.of();
        }
        for (WantedColumn column : columns) {
            if (column == null || column.source() == null) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "Each of the columns needs source, the name that it has in the file");
            }
        }
        return columns;
    }

    static WriteMode mode(@Nullable String text) {
        return switch (text) {
            case null -> WriteMode.CREATE;
            case "create" -> WriteMode.CREATE;
            case "append" -> WriteMode.APPEND;
            case "replace" -> WriteMode.REPLACE;
            default ->
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST, "mode is create, append or replace, not %s".formatted(text));
        };
    }

    private static OnError onError(@Nullable String text) {
        return switch (text) {
            case null -> OnError.STOP;
            case "stop" -> OnError.STOP;
            case "skip" -> OnError.SKIP;
            default ->
                throw new TarnException(ErrorCode.INVALID_REQUEST, "on_error is stop or skip, not %s".formatted(text));
        };
    }
}
