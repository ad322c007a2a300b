package dev.tarn.catalog;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Rights;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.DoomedFiles;
import dev.tarn.storage.Readers;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import dev.tarn.storage.WriteIntents;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What the catalog is made of. */
record CatalogParts(
        Access access,
        Audit audit,
        Database database,
        CatalogStore store,
        WriteIntents intents,
        Warehouse warehouse,
        TableFiles files,
        MetadataCache metadata,
        CommitLocks locks,
        RandomGenerator random,
        DroppedTableStore dropped,
        Clock clock,
        Ids ids,
        CatalogSettings settings,
        Readers readers,
        DoomedFiles doomed,
        Commits commits) {
    /** The same with another way to commit, and what is seen through it. */
    CatalogParts committing(CatalogRows seen, Commits how) {
        return new CatalogParts(
                access,
                audit,
                database,
                seen.store(),
                intents,
                warehouse,
                files,
                metadata,
                locks,
                random,
                seen.dropped(),
                clock,
                ids,
                settings,
                readers,
                doomed,
                how);
    }

    /** The rows that are seen, and that changes which become true at once change. */
    CatalogRows rows() {
        return new CatalogRows(store, dropped);
    }

    OwnFiles ownFiles() {
        return metadata.ownFiles();
    }

    /** The caller's own way to speak Iceberg to the catalog. */
    ExactLookup exact() {
        return new ExactLookup(this);
    }

    /** What the caller may do with one thing at this moment. */
    Rights rights(Caller caller, Resource on) {
        return commits.with(commits.movesGrants() ? access.rights(caller) : access.rights(caller, on));
    }

    /** All that the caller may at this moment. */
    Rights rights(Caller caller) {
        return commits.with(access.rights(caller));
    }
}
