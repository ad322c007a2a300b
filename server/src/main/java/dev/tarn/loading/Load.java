package dev.tarn.loading;

import dev.tarn.catalog.WriteMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A load as people see it.
 *
 * @param table full name
 * @param fileName of the one file, or of the first of several and how many there are
 * @param options how the files were to be read; once they were read, how they were
 * @param bytesTotal how much is sent; empty when nobody knows
 * @param bytesRead how much has come
 * @param rowsRead how many rows have been written, which count only when it is completed
 * @param fraction of the work after the last byte has come, 0 to 1; empty when nobody knows
 * @param result empty until it is completed
 * @param failure empty unless it failed or was cancelled
 * @param rejectsUntil until when what it left out is kept; empty when it left out nothing
 */
public record Load(
        UUID id,
        UUID userId,
        String userName,
        LoadState state,
        String table,
        WriteMode mode,
        String fileName,
        Map<String, Object> options,
        Instant startedAt,
        Optional<Instant> finishedAt,
        OptionalLong bytesTotal,
        long bytesRead,
        long rowsRead,
        OptionalDouble fraction,
        Optional<LoadResult> result,
        Optional<LoadFailure> failure,
        Optional<Instant> rejectsUntil) {

    /** The same with one more warning in its result. */
    Load warning(String sentence) {
        return with(done -> done.warning(sentence));
    }

    /** The same for somebody who may be told of some columns alone. */
    Load telling(Predicate<String> columns) {
        return with(done -> done.telling(columns));
    }

    private Load with(UnaryOperator<LoadResult> change) {
        return new Load(
                id,
                userId,
                userName,
                state,
                table,
                mode,
                fileName,
                options,
                startedAt,
                finishedAt,
                bytesTotal,
                bytesRead,
                rowsRead,
                fraction,
                result.map(change),
                failure,
                rejectsUntil);
    }
}
