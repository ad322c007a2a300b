package dev.tarn.catalog;

import dev.tarn.RunningServer;
import java.util.Map;
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
                new TarnTableOperations(server.bean(CatalogParts.class), server.admin(), TableName.parse(name), null),
                name,
                report -> {});
    }

    /** A new table, in a namespace of its own; returns its name. */
    public static String create(
            RunningServer server, Schema schema, PartitionSpec spec, Map<String, String> properties) {
        TarnCatalog catalog = new TarnCatalog(server.bean(CatalogParts.class), server.admin());
        String namespace = "j" + UUID.randomUUID().toString().replace("-", "");
        catalog.createNamespace(Namespace.of(namespace), Map.of());
        catalog.buildTable(TableIdentifier.of(namespace, "made"), schema)
                .withPartitionSpec(spec)
                .withProperties(properties)
                .create();
        return "iceberg." + namespace + ".made";
    }
}
