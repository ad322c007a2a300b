package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.rest.requests.PlanTableScanRequest;
import org.apache.iceberg.rest.requests.PlanTableScanRequestParser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Lets old versions of tables go, and the files that no other version has as soon as nobody reads them. */
public final class SnapshotExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotExpiry.class);

    private final CatalogParts parts;
    private final Tables tables;
    private final ScanPlanStore plans;

    SnapshotExpiry(CatalogParts parts, Tables tables, ScanPlanStore plans) {
        this.parts = parts;
        this.tables = tables;
        this.plans = plans;
    }

    /**
     * Tells what {@link #expire} would come to at this moment, and changes nothing.
     *
     * @throws TarnException as there
     */
    public Expiry preview(
            Caller caller,
            TableName name,
            OptionalInt retainLast,
            Optional<Instant> olderThan,
            Cancellation cancellation) {
        parts.access().requireSomebody(caller);
        Tables.Opened table = tables.open(caller, Verb.MANAGE, name);
        Run run = new Run(caller, retention(retainLast, olderThan), cancellation);
        try {
            run.expired(table.metadata());
        } catch (NotFoundException e) {
            throw MetadataCache.lost(table.name(), e);
        }
        return run.told(
                table.metadata(),
                parts.doomed().waiting(caller.tenantId(), table.metadata().location()));
    }

    /**
     * Lets old versions go, in one commit beside whatever others commit. Tags and what they name stay, and the newest version of each
     * branch; what a branch or tag says of its own age and number comes before what is asked for.
     *
     * @param retainLast how many versions of each branch stay at least; the table's property {@code history.expire.min-snapshots-to-keep}
     *     says it when absent
     * @param olderThan younger versions stay; when absent, none stays for its age, or those that {@code
     *     history.expire.max-snapshot-age-ms} says if {@code retainLast} is absent too
     * @throws TarnException {@code INVALID_REQUEST} when {@code retainLast} is below 1, {@code CONFLICT} when others commit all the time
     */
    public Expiry expire(
            Caller caller,
            TableName name,
            OptionalInt retainLast,
            Optional<Instant> olderThan,
            Cancellation cancellation) {
        parts.access().requireSomebody(caller);
        return expire(caller, name, retention(retainLast, olderThan), cancellation);
    }

    /**
     * Lets all versions go but the newest of each branch, and what tags name, whatever branches say of themselves. A version that a
     * client was given a plan to scan stays for as long as that plan.
     */
    public Expiry keepNewest(Caller caller, TableName name, Cancellation cancellation) {
        parts.access().requireSomebody(caller);
        return expire(caller, name, Retention.newestAlone(parts.clock().instant()), cancellation);
    }

    private Expiry expire(Caller caller, TableName name, Retention retention, Cancellation cancellation) {
        Tables.Opened table = tables.open(caller, Verb.MANAGE, name);
        Run run = new Run(caller, retention, cancellation);
        try {
            run.expired(table.metadata()); // while others commit; the commit then has little left to read
            TableMetadata after = new MetadataEdit(parts, caller, table.name(), Verb.MANAGE, run.facts, run::doom)
                    .apply(table.metadata(), (now, operations) -> run.expired(now));
            parts.doomed().trySweep();
            return run.told(after, run.waiting(after));
        } catch (NotFoundException e) {
            throw MetadataCache.lost(table.name(), e);
        }
    }

    private Retention retention(OptionalInt retainLast, Optional<Instant> olderThan) {
        if (retainLast.isPresent() && retainLast.getAsInt() < 1) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "retain_last must be 1 or more, not %d: the newest version of a table always stays"
                            .formatted(retainLast.getAsInt()));
        }
        return new Retention(retainLast, olderThan, parts.clock().instant());
    }

    private final class Run {
        private final Caller caller;
        private final Retention retention;
        private final UnreachableFiles unreachable;
        private final TreeMap<String, Object> facts = new TreeMap<>();
        private @Nullable TableMetadata begun;
        private Retention.@Nullable Gone gone;
        private ExpiredFiles files = ExpiredFiles.NONE;

        Run(Caller caller, Retention retention, Cancellation cancellation) {
            this.caller = caller;
            this.retention = retention;
            this.unreachable = new UnreachableFiles(parts, cancellation);
        }

        /** The table without what goes; the same when nothing does. */
        TableMetadata expired(TableMetadata now) {
            begun = now;
            gone = retention.of(now, pinned(now));
            facts.put("what", "expire");
            facts.put("expired", gone.snapshots().size());
            if (gone.isNothing()) {
                files = ExpiredFiles.NONE;
                return now;
            }
            TableMetadata after = gone.from(now);
            files = unreachable.between(now, after);
            facts.put("files", files.files().size());
            facts.put("bytes", files.bytes());
            return after;
        }

        /** In the commit's transaction. A plan that has come since holds on to its version. */
        void doom() {
            TableMetadata table = Objects.requireNonNull(begun);
            Set<Long> held = pinned(table);
            if (!Collections.disjoint(held, Objects.requireNonNull(gone).snapshots())) {
                throw new PointerMovedException(table.location());
            }
            parts.doomed().add(caller.tenantId(), table.location(), files.files());
        }

        /** What clients are about to read by the plans that they were given. */
        private Set<Long> pinned(TableMetadata table) {
            Set<Long> pinned = new HashSet<>();
            for (ScanPlan plan :
                    plans.ofTable(caller.tenantId(), table.uuid(), parts.clock().instant())) {
                plan.snapshotId().ifPresent(last -> pin(table, last, plan, pinned));
            }
            return pinned;
        }

        /** A plan of what was added needs the versions in between. */
        private static void pin(TableMetadata table, long last, ScanPlan plan, Set<Long> pinned) {
            PlanTableScanRequest request = PlanTableScanRequestParser.fromJson(plan.request());
            Long first = request.startSnapshotId();
            Long id = last;
            while (id != null) {
                pinned.add(id);
                Snapshot snapshot = table.snapshot(id);
                id = first == null || id.equals(first) || snapshot == null ? null : snapshot.parentId();
            }
        }

        /** After the commit, which nothing undoes: when the database cannot be asked, all of them wait, as far as we know. */
        private long waiting(TableMetadata after) {
            try {
                return parts.doomed().waiting(caller.tenantId(), after.location());
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("How many files of {} wait cannot be counted", after.location(), e);
                return files.files().size();
            }
        }

        Expiry told(TableMetadata after, long waiting) {
            Retention.Gone went = Objects.requireNonNull(gone);
            long remaining = after.snapshots().stream()
                    .filter(snapshot -> !went.snapshots().contains(snapshot.snapshotId()))
                    .count();
            return new Expiry(
                    went.snapshots().size(),
                    remaining,
                    went.references(),
                    files.count(ExpiredFiles.Kind.DATA),
                    files.count(ExpiredFiles.Kind.DELETES),
                    files.count(ExpiredFiles.Kind.MANIFEST),
                    files.count(ExpiredFiles.Kind.MANIFEST_LIST),
                    files.count(ExpiredFiles.Kind.STATISTICS),
                    files.bytes(),
                    waiting);
        }
    }
}
