package dev.tarn.catalog;

import dev.tarn.RunningServer;
import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import dev.tarn.storage.WriteIntents;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** Tables of a running server as Iceberg's own library changes them, as another engine would. */
public final class CatalogTables {
    private CatalogTables() {}

    /** A table of the administrator's tenant. */
    public static BaseTable of(RunningServer server, String name) {
        return new BaseTable(
                new TarnTableOperations(parts(server), server.admin(), TableName.parse(name), null),
                name,
                report -> {});
    }

    /** A new table, in a namespace of its own; returns its name. */
    public static String create(
            RunningServer server, Schema schema, PartitionSpec spec, Map<String, String> properties) {
        TarnCatalog catalog = new TarnCatalog(parts(server), server.admin());
        String namespace = "j" + UUID.randomUUID().toString().replace("-", "");
        catalog.createNamespace(Namespace.of(namespace), Map.of());
        catalog.buildTable(TableIdentifier.of(namespace, "made"), schema)
                .withPartitionSpec(spec)
                .withProperties(properties)
                .create();
        return "iceberg." + namespace + ".made";
    }

    private static CatalogParts parts(RunningServer server) {
        return new CatalogParts(
                server.bean(Access.class),
                server.bean(Audit.class),
                server.bean(Database.class),
                new JdbcCatalogStore(server.bean(Database.class)),
                server.bean(WriteIntents.class),
                server.bean(Warehouse.class),
                server.bean(TableFiles.class),
                new MetadataCache(server.bean(TableFiles.class)),
                new CommitLocks(),
                new Random(),
                new JdbcDroppedTableStore(server.bean(Database.class)),
                server.bean(Clock.class),
                server.bean(Ids.class),
                server.bean(CatalogSettings.class));
    }
}
