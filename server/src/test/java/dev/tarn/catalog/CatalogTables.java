package dev.tarn.catalog;

import dev.tarn.RunningServer;
import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import dev.tarn.storage.WriteIntents;
import java.util.Random;
import org.apache.iceberg.BaseTable;

/** Tables of a running server as Iceberg's own library changes them, as another engine would. */
public final class CatalogTables {
    private CatalogTables() {}

    /** A table of the administrator's tenant. */
    public static BaseTable of(RunningServer server, String name) {
        CatalogParts parts = new CatalogParts(
                server.bean(Access.class),
                server.bean(Audit.class),
                server.bean(Database.class),
                new JdbcCatalogStore(server.bean(Database.class)),
                server.bean(WriteIntents.class),
                server.bean(Warehouse.class),
                server.bean(TableFiles.class),
                new MetadataCache(server.bean(TableFiles.class)),
                new CommitLocks(),
                new Random(1));
        return new BaseTable(
                new TarnTableOperations(parts, server.admin(), TableName.parse(name), null), name, report -> {});
    }
}
