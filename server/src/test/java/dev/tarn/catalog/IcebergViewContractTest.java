package dev.tarn.catalog;

import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.view.ViewCatalogTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own tests of views (iceberg-core 1.11.0, on 1.12.0's class path) against our class itself. */
@Tag("slow")
class IcebergViewContractTest extends ViewCatalogTests<TarnCatalog> {
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
    protected Catalog tableCatalog() {
        return catalog();
    }

    @Override
    protected boolean requiresNamespaceCreate() {
        return true;
    }

    /** In a folder that the operator granted. */
    @Override
    protected String viewLocation(String... paths) {
        return "file:" + folder.resolve("granted/views").resolve(String.join("/", paths));
    }

    @Override
    @Disabled("a client sets its defaults by itself")
    public void defaultViewProperties() {}

    @Override
    @Disabled("a client sets its defaults by itself")
    public void overrideViewProperties() {}
}
