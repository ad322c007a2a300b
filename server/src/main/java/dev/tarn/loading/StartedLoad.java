package dev.tarn.loading;

import dev.tarn.access.Caller;
import dev.tarn.catalog.TableWrite;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Home;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A load whose files come with the request: first they are received, then loaded. In between the caller may find, by their
 * hash, that the request was answered before, and simply close this.
 */
public final class StartedLoad implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartedLoad.class);

    private final LoadingParts parts;
    private final Caller caller;
    private final LoadRequest request;
    private final Optional<LoadEntry> entry;
    private final Path folder;
    private @Nullable TableWrite write;
    private @Nullable LoadSource source;
    private boolean ended;

    /** @param entry empty for one whose id another load has: its request may have been answered before */
    StartedLoad(LoadingParts parts, Caller caller, LoadRequest request, Optional<LoadEntry> entry) {
        this.parts = parts;
        this.caller = caller;
        this.request = request;
        this.entry = entry;
        UUID scratch = entry.map(own -> own.key().id()).orElseGet(parts.ids()::next);
        this.folder = parts.scratch().resolve("load-" + scratch);
    }

    /** Begins the write before the files come, so that a load that cannot be is refused before anything is sent. */
    void beginWrite() {
        run(() -> {
            write = parts.tables().begin(caller, request.table(), request.mode());
            return write;
        });
    }

    /** Takes the files in; they are asked for when the load's row is there to say what is wrong with them. */
    public void receive(Supplier<SentFiles> files) {
        run(() -> {
            LoadProgress progress = entry.map(LoadEntry::progress).orElseGet(LoadProgress::new);
            Reception reception = new Reception(
                    parts.settings().maximumUpload().toBytes(),
                    entry.map(LoadEntry::cancellation).orElseGet(Cancellation::new),
                    progress::received);
            Files.createDirectories(folder);
            Reception.Received received =
                    reception.take(files.get(), file -> Files.newOutputStream(folder.resolve(file)));
            source = new LoadSource(folder, received.files(), received.hash(), Optional.empty());
            return source;
        });
    }

    /** The hash of what was received; see {@link Upload}. */
    public String contentHash() {
        return source().hash();
    }

    /**
     * Loads what was received; when this returns, its rows are durable.
     *
     * @param onCommit takes the outcome in the transaction that makes the rows durable; not called for a repetition
     * @throws TarnException {@code BAD_ROW} with {@code file}, {@code line}, {@code column}, {@code value}; {@code BAD_FILE};
     *     {@code ALREADY_EXISTS}; in all cases the table is as it was
     */
    public LoadOutcome load(Consumer<LoadOutcome> onCommit) {
        LoadEntry own = entry.orElseThrow(() -> Loads.idTaken(request));
        return run(() -> {
            own.runs(source().title(), source().bytes());
            LoadOutcome outcome =
                    new OnceLoad(parts, caller, request, own, source()).run(Optional.ofNullable(write), onCommit);
            ended = !outcome.repeated(); // a repetition leaves no row of its own
            return outcome;
        });
    }

    private LoadSource source() {
        if (source == null) {
            throw new IllegalStateException("Nothing was received yet");
        }
        return source;
    }

    /** Whatever fails is what the load's row says afterwards. */
    private <T> T run(Step<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            TarnException full = new TarnException(
                    ErrorCode.STORAGE_FULL, "There is no room on the server's disk; nothing was loaded", e);
            fail(full);
            throw full;
        } catch (RuntimeException e) {
            RuntimeException told = named(e);
            fail(told);
            throw told;
        }
    }

    private RuntimeException named(RuntimeException failure) {
        List<String> names = source == null ? List.of() : source.names();
        return failure instanceof TarnException known
                        && known.details().containsKey("line")
                        && !known.details().containsKey("file")
                        && names.size() == 1
                ? known.with("file", names.getFirst())
                : failure;
    }

    /** What takes room goes first: on a full disk there is none for the row either. */
    private void fail(RuntimeException failure) {
        ended = true;
        removeFiles();
        entry.ifPresent(own -> own.fail(failure));
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    private void removeFiles() {
        try {
            Home.deleteTree(folder);
        } catch (IOException e) {
            LOG.warn("Scratch of a load stays until the next start", e);
        }
        if (write != null) {
            write.close();
        }
    }

    /** Removes what was received; a load that was never begun has not been. */
    @Override
    public void close() {
        removeFiles();
        entry.ifPresent(own -> {
            own.leave();
            if (!ended) {
                own.forget();
            }
        });
    }
}
