package dev.tarn.loading;

import dev.tarn.access.Caller;
import dev.tarn.catalog.TableLineage;
import dev.tarn.catalog.TableWrite;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A load that is not done when the table has taken the same bytes in the same mode, if that is asked for. Two at once, on any
 * servers, give one: the note of the bytes is part of the commit, and who comes second finds it and answers with the first.
 */
final class OnceLoad {
    private final LoadingParts parts;
    private final Caller caller;
    private final LoadRequest request;
    private final LoadEntry entry;
    private final LoadSource source;

    OnceLoad(LoadingParts parts, Caller caller, LoadRequest request, LoadEntry entry, LoadSource source) {
        this.parts = parts;
        this.caller = caller;
        this.request = request;
        this.entry = entry;
        this.source = source;
    }

    /** @param begun the write, when it was begun already; its owner closes it */
    LoadOutcome run(Optional<TableWrite> begun, Consumer<LoadOutcome> onCommit) {
        Optional<LoadOutcome> before = before();
        if (before.isPresent()) {
            return before.get();
        }
        LoadRun run = new LoadRun(parts, caller, request, entry, source);
        if (begun.isPresent()) {
            return run.run(begun.get(), onCommit);
        }
        try (TableWrite write = parts.tables().begin(caller, request.table(), request.mode())) {
            return run.run(write, onCommit);
        } catch (LoadRun.TakenMeanwhileException e) {
            return before().orElseThrow(() -> new TarnException(
                    ErrorCode.CONFLICT, "The same files are being loaded by another request; try again", e));
        } catch (TarnException e) {
            if (e.code() != ErrorCode.ALREADY_EXISTS) {
                throw e;
            }
            return before().orElseThrow(() -> e);
        }
    }

    private Optional<LoadOutcome> before() {
        if (!request.once()) {
            return Optional.empty();
        }
        Optional<TableLineage> table = parts.tables().lineage(caller, request.table());
        return table.flatMap(lineage -> parts.contents()
                .find(new ContentStore.Content(caller.tenantId(), lineage.location(), request.mode(), source.hash()))
                .filter(taken -> lineage.holds(taken.snapshotId()))
                .flatMap(taken -> parts.loads().find(new LoadKey(caller.tenantId(), taken.loadId()), parts.now()))
                // It may be the load of somebody who sees more.
                .map(load -> new LoadOutcome(load.telling(lineage::tells), true)));
    }
}
