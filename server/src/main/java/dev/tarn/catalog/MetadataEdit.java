package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Readers;
import dev.tarn.storage.WriteIntent;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** A change of what a table's metadata says, and of no row: one commit, beside whatever others commit meanwhile. */
final class MetadataEdit {
    private final CatalogParts parts;
    private final Caller caller;
    private final TableName name;
    private final Verb verb;
    private final Map<String, Object> facts;
    private final Runnable also;
    private boolean committed;

    /** @param facts what the audit trail says of it */
    MetadataEdit(CatalogParts parts, Caller caller, TableName name, Verb verb, Map<String, Object> facts) {
        this(parts, caller, name, verb, facts, () -> {});
    }

    /**
     * @param facts what the audit trail says of it; the change may still add to them
     * @param also runs in the commit's transaction
     */
    MetadataEdit(
            CatalogParts parts, Caller caller, TableName name, Verb verb, Map<String, Object> facts, Runnable also) {
        this.parts = parts;
        this.caller = caller;
        this.name = name;
        this.verb = verb;
        this.facts = facts;
        this.also = also;
    }

    /** From the metadata as it is now to what it becomes, the same when nothing is to be done; run again when another writer was faster. */
    interface Change {
        TableMetadata of(TableMetadata now, TarnTableOperations operations);
    }

    /** @param begun the table as whoever asked has seen it; another of the same name is not changed */
    TableMetadata apply(TableMetadata begun, Change change) {
        WriteIntent intent = parts.intents().begin(caller.tenantId(), name.text(), begun.location(), false);
        boolean ended = false;
        committed = false;
        try (Readers.Registered _ = parts.readers().begin()) {
            TarnTableOperations.Bound bound = new TarnTableOperations.Bound(intent, verb, facts, snapshot -> {});
            TableMetadata edited =
                    Attempts.run(parts, name, begun.location(), () -> attempt(bound, begun.uuid(), change));
            ended = committed;
            return edited;
        } catch (CommitStateUnknownException e) {
            // The intent stays: its row says what happened as soon as the database can be asked.
            ended = true;
            throw new TarnException(
                    ErrorCode.INTERNAL,
                    "The database went away while %s was changed; look at the table before you try again"
                            .formatted(name.text()),
                    e);
        } catch (PointerMovedException e) {
            throw new TarnException(
                    ErrorCode.CONFLICT, "The table %s changes all the time; try again".formatted(name.text()), e);
        } catch (NoSuchTableException e) {
            throw new TarnException(
                    ErrorCode.UNKNOWN_TABLE, "The table %s was dropped meanwhile".formatted(name.text()), e);
        } finally {
            if (!ended) {
                parts.intents().abort(intent);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same object is how a change says that there is nothing to do
    private TableMetadata attempt(TarnTableOperations.Bound bound, String uuid, Change change) {
        TarnTableOperations operations = new TarnTableOperations(parts, caller, name, bound, also, any -> false);
        TableMetadata now = operations.current();
        if (now == null || !Objects.equals(now.uuid(), uuid)) {
            throw new NoSuchTableException("Table does not exist: %s", name.text());
        }
        TableMetadata edited = change.of(now, operations);
        if (edited == now) {
            return now;
        }
        operations.commit(now, edited);
        committed = true;
        return operations.committed();
    }
}
