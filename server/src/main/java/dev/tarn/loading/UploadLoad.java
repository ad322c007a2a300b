package dev.tarn.loading;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The load of an upload, which is this load's alone while it runs, and used up when it completes. */
final class UploadLoad {
    private final LoadingParts parts;
    private final Caller caller;
    private final LoadRequest request;
    private final LoadEntry entry;
    private final LoadSource source;

    UploadLoad(LoadingParts parts, Caller caller, LoadRequest request, LoadEntry entry, LoadSource source) {
        this.parts = parts;
        this.caller = caller;
        this.request = request;
        this.entry = entry;
        this.source = source;
    }

    LoadOutcome run(Consumer<LoadOutcome> onCommit) {
        UUID upload = source.upload().orElseThrow();
        boolean taken = false;
        try {
            entry.runs(source.title(), source.bytes());
            taken = parts.uploads().take(caller.tenantId(), upload, entry.key().id(), parts.now());
            if (!taken) {
                throw new TarnException(
                        ErrorCode.CONFLICT, "The upload %s is being loaded by another request".formatted(upload));
            }
            LoadOutcome outcome = new OnceLoad(parts, caller, request, entry, source).run(Optional.empty(), onCommit);
            if (outcome.repeated()) {
                entry.forget();
            }
            taken = outcome.repeated();
            return outcome;
        } catch (TarnException e) {
            TarnException told = e.details().containsKey("line")
                            && !e.details().containsKey("file")
                            && source.names().size() == 1
                    ? e.with("file", source.names().getFirst())
                    : e;
            entry.fail(told);
            throw told;
        } catch (RuntimeException e) {
            entry.fail(e);
            throw e;
        } finally {
            entry.leave();
            if (taken) {
                parts.uploads().release(caller.tenantId(), upload, entry.key().id());
            }
        }
    }
}
