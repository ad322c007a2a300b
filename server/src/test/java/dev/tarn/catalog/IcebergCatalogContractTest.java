package dev.tarn.catalog;

import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.catalog.CatalogTests;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own tests of a catalog (iceberg-core 1.11.0, on 1.12.0's class path) against our class itself. */
@Tag("slow")
class IcebergCatalogContractTest extends CatalogTests<TarnCatalog> {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // openWorld sets it
    private World world;

    @BeforeEach
    void openWorld() {
        world = new World(TestDatabases.sqlite(folder), folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Override
    protected TarnCatalog catalog() {
        return new TarnCatalog(world.server().parts(), world.admin);
    }

    @Override
    protected TarnCatalog initCatalog(String name, Map<String, String> properties) {
        return catalog();
    }

    @Override
    protected boolean requiresNamespaceCreate() {
        return true;
    }

    @Override
    protected boolean supportsNestedNamespaces() {
        return true;
    }

    @Override
    protected boolean supportsNamesWithDot() {
        return false;
    }

    /** In a folder that the operator granted. */
    @Override
    protected String baseTableLocation(TableIdentifier identifier) {
        return "file:" + folder.resolve("granted") + "/" + identifier.namespace() + "/" + identifier.name();
    }

    @Override
    @Disabled("a client sets its defaults by itself")
    public void testDefaultTableProperties() {}

    @Override
    @Disabled("a client sets its defaults by itself")
    public void testDefaultTablePropertiesCreateTransaction() {}

    @Override
    @Disabled("a client sets its defaults by itself")
    public void testDefaultTablePropertiesReplaceTransaction() {}

    @Override
    @Disabled("a client sets its defaults by itself")
    public void testOverrideTableProperties() {}

    @Override
    @Disabled("a client sets its defaults by itself")
    public void testOverrideTablePropertiesCreateTransaction() {}

    @Override
    @Disabled("a client sets its defaults by itself")
    public void testOverrideTablePropertiesReplaceTransaction() {}

    @Override
    @Disabled("whoever scans reports by itself")
    public void testCatalogWithCustomMetricsReporter() {}
}
