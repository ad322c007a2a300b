package dev.tarn.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.TestAccess;
import dev.tarn.platform.database.StoreContract;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which catalog each tenant looks at, on both databases. */
abstract class MountStoreContract extends StoreContract {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    private static final MountedCatalog FOLDER =
            new MountedCatalog(MountedCatalog.Kind.HADOOP, "/tmp/wärehouse", "drls", null, Map.of());

    private static final MountedCatalog ADDRESS = new MountedCatalog(
            MountedCatalog.Kind.REST,
            null,
            "lake",
            "https://catalog.example.com/iceberg",
            Map.of("token", MountedCatalog.MASK, "scope", "ä"));

    @Test
    void oneATenantWhichTakesThePlaceOfTheOneBefore() {
        TestAccess access = TestAccess.on(database);
        UUID tenant = access.admin().tenantId();
        UUID other = access.anotherTenant().tenantId();
        MountStore store = new JdbcMountStore(database);
        assertThat(store.find(tenant)).isEmpty();

        database.inTransaction(() -> store.put(tenant, FOLDER, "ann", NOW));
        assertThat(store.find(tenant)).contains(FOLDER);
        assertThat(store.find(other)).isEmpty();

        database.inTransaction(() -> store.put(tenant, ADDRESS, "ann", NOW));
        database.inTransaction(() -> store.put(other, FOLDER, "bob", NOW));
        assertThat(store.find(tenant)).contains(ADDRESS);
        assertThat(store.find(other)).contains(FOLDER);
    }

    @Test
    void noSecretIsEverShownInWords() {
        MountedCatalog open = new MountedCatalog(
                MountedCatalog.Kind.POLARIS, null, "p", "https://p.example.com", Map.of("credential", "id:hidden"));
        assertThat(open.toString()).contains(MountedCatalog.MASK).doesNotContain("hidden");
        assertThat(open.masked().properties()).isEqualTo(Map.of("credential", MountedCatalog.MASK));
    }
}
