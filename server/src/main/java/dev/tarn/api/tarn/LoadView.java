package dev.tarn.api.tarn;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tarn.loading.Load;
import dev.tarn.loading.LoadFailure;
import dev.tarn.loading.LoadOutcome;
import dev.tarn.loading.LoadResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A load as callers see it. */
record LoadView(
        UUID id,
        String state,
        String table,
        String mode,
        String fileName,
        Named user,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long rows,
        long rejectedRows,
        int files,
        @Nullable Long bytesTotal,
        long bytesRead,
        long bytesWritten,
        @Nullable Double fraction,
        List<LoadResult.StoredColumn> columns,
        @Nullable String snapshotId,
        long elapsedMs,
        Map<String, Object> options,
        List<String> warnings,
        boolean repeated,
        @Nullable Reason error) {

    /** Why it failed. */
    record Reason(
            String code,
            String detail,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long line,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String column,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String value,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String file) {
        static Reason of(LoadFailure failure) {
            return new Reason(
                    failure.code(),
                    failure.detail(),
                    failure.line(),
                    failure.column(),
                    failure.value(),
                    failure.file());
        }
    }

    static LoadView of(LoadOutcome outcome, Instant now) {
        return of(outcome.load(), outcome.repeated(), now);
    }

    static LoadView of(Load load, Instant now) {
        return of(load, false, now);
    }

    private static LoadView of(Load load, boolean repeated, Instant now) {
        Optional<LoadResult> result = load.result();
        return new LoadView(
                load.id(),
                load.state().text(),
                load.table(),
                load.mode().name().toLowerCase(Locale.ROOT),
                load.fileName(),
                new Named(load.userId(), load.userName()),
                load.startedAt(),
                load.finishedAt().orElse(null),
                load.rowsRead(),
                result.map(LoadResult::rejectedRows).orElse(0L),
                result.map(LoadResult::files).orElse(0),
                load.bytesTotal().isPresent() ? load.bytesTotal().getAsLong() : null,
                load.bytesRead(),
                result.map(LoadResult::bytesWritten).orElse(0L),
                load.fraction().isPresent() ? load.fraction().getAsDouble() : null,
                result.map(LoadResult::columns).orElse(List.of()),
                result.map(done -> Long.toString(done.snapshotId())).orElse(null),
                Duration.between(load.startedAt(), load.finishedAt().orElse(now))
                        .toMillis(),
                load.options(),
                result.map(LoadResult::warnings).orElse(List.of()),
                repeated,
                load.failure().map(Reason::of).orElse(null));
    }
}
