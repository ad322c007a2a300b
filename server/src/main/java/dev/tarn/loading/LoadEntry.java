package dev.tarn.loading;

import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;

/** A load of this server: its row, and what is in memory beside it. */
final class LoadEntry {
    private final LoadingParts parts;
    private final RunningLoads running;
    private final Caller caller;
    private final LoadKey key;
    private final LoadProgress progress = new LoadProgress();
    private final Cancellation cancellation = new Cancellation("load");
    private final Load begun;

    private LoadEntry(LoadingParts parts, RunningLoads running, Caller caller, LoadKey key, Load begun) {
        this.parts = parts;
        this.running = running;
        this.caller = caller;
        this.key = key;
        this.begun = begun;
    }

    /** Writes the row; empty when there is a load of that id. */
    static Optional<LoadEntry> begin(
            LoadingParts parts,
            RunningLoads running,
            Caller caller,
            LoadRequest request,
            String fileName,
            OptionalLong bytesTotal) {
        UUID id = request.id().orElseGet(parts.ids()::next);
        Load load = new Load(
                id,
                caller.userId(),
                caller.name(),
                LoadState.RECEIVING,
                request.table().text(),
                request.mode(),
                fileName,
                OptionTexts.of(request.options()),
                parts.now(),
                Optional.empty(),
                bytesTotal,
                0,
                0,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        LoadEntry entry = new LoadEntry(parts, running, caller, new LoadKey(caller.tenantId(), id), load);
        boolean written = parts.loads().insert(caller.tenantId(), load, running.owner(), running.leaseUntil());
        if (written) {
            // Not before its row is there: a beat that finds none takes the load for lost and ends it.
            running.add(entry.key, entry.progress, entry.cancellation);
        }
        return written ? Optional.of(entry) : Optional.empty();
    }

    LoadKey key() {
        return key;
    }

    LoadProgress progress() {
        return progress;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Duration elapsed() {
        return Duration.between(begun.startedAt(), parts.now());
    }

    /** The bytes have come. */
    void runs(String fileName, long bytes) {
        if (!parts.loads().running(key, running.owner(), fileName, bytes)) {
            throw lost();
        }
    }

    /** In the commit's transaction. */
    Load complete(
            String table,
            String fileName,
            long bytes,
            Map<String, Object> options,
            LoadResult result,
            Optional<Instant> rejectsUntil) {
        Instant now = parts.now();
        Load done = new Load(
                begun.id(),
                begun.userId(),
                begun.userName(),
                LoadState.COMPLETED,
                table,
                begun.mode(),
                fileName,
                options,
                begun.startedAt(),
                Optional.of(now),
                OptionalLong.of(bytes),
                bytes,
                result.rows(),
                OptionalDouble.of(1),
                Optional.of(result),
                Optional.empty(),
                rejectsUntil);
        if (!parts.loads().complete(key, running.owner(), done, now)) {
            LoadStore.Beat beat =
                    new LoadStore.Beat(running.leaseUntil(), bytes, result.rows(), OptionalDouble.empty());
            if (parts.loads().beat(key, running.owner(), beat).orElse(false)) {
                cancellation.request();
                throw cancellation.failure();
            }
            throw lost();
        }
        return done;
    }

    private static TarnException lost() {
        return new TarnException(
                ErrorCode.CONFLICT, "The load was silent for too long and was given up; start it again");
    }

    /** It ends without a row; a load that was cancelled says so. */
    void fail(RuntimeException failure) {
        boolean cancelled = failure instanceof TarnException known && known.code() == ErrorCode.STATEMENT_CANCELLED;
        LoadState state = cancelled ? LoadState.CANCELLED : LoadState.FAILED;
        String error = failure instanceof TarnException known ? known.code().code() : ErrorCode.INTERNAL.code();
        parts.audit()
                .recordSoon(
                        caller,
                        "load",
                        Resource.table(begun.table()),
                        Audit.Outcome.FAILED,
                        Map.of("load_id", key.id().toString(), "error", error));
        try {
            parts.loads().end(key, running.owner(), state, LoadFailure.of(failure), parts.now());
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // its lease ends, and then it reads failed
        }
    }

    /** The request was answered without it. */
    void forget() {
        parts.loads().forget(key, running.owner());
    }

    /** Nobody works at it any more. */
    void leave() {
        running.remove(key);
    }
}
