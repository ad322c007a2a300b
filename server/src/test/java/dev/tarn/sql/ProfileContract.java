package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.database.StoreContract;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Kept profiles, on both databases. */
abstract class ProfileContract extends StoreContract {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void theNewestVersionsProfileIsKeptAndIsTheTenantsAlone() {
        ProfileStore store = new JdbcProfileStore(database);
        UUID tenant = new UUID(1, 1);
        UUID table = new UUID(2, 2);
        store.keep(tenant, table, 7, "{}", NOON);
        store.keep(tenant, table, 7, "{\"again\":1}", NOON);
        store.keep(tenant, new UUID(2, 3), 7, "{\"other\":1}", NOON);

        assertThat(store.find(tenant, table, 7)).contains("{\"again\":1}");
        assertThat(store.find(new UUID(1, 2), table, 7)).isEmpty();
        store.keep(tenant, table, 8, "{\"next\":1}", NOON);
        assertThat(store.find(tenant, table, 7)).isEmpty();
        assertThat(store.find(tenant, table, 8)).contains("{\"next\":1}");
        assertThat(store.find(tenant, new UUID(2, 3), 7)).isPresent();
    }
}
