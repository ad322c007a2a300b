package dev.tarn.catalog;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import dev.tarn.storage.WriteIntents;
import dev.tarn.platform.Ids;
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
        CatalogSettings settings) {}
