package dev.tarn.storage;

import dev.tarn.platform.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where tables live.
 *
 * @param warehouse a local folder; {@code warehouse} in the home folder when absent
 * @param lease how long a server may be silent before other servers take it for dead and clean up its unfinished writes; the
 *     same on all servers of one database
 * @param roots further local folders that tables of every tenant may be in; none, unless tenants trust each other. What is in
 *     them stays: a table there that is dropped, or purged, loses its name alone
 */
@ConfigurationProperties("tarn.storage")
public record StorageSettings(
        @Nullable Path warehouse,
        @DefaultValue("90s") Duration lease,
        @DefaultValue List<Path> roots) {
    private static final Duration READERS_BEAT = Duration.ofSeconds(5);
    private static final int BEATS = 6;
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    public StorageSettings {
        roots = List.copyOf(roots);
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("tarn.storage.lease must be at least 1s");
        }
    }

    /** How often a server looks what others read, and says what it reads itself. */
    Duration readersBeat() {
        Duration often = lease.dividedBy(BEATS);
        return often.compareTo(READERS_BEAT) < 0 ? often : READERS_BEAT;
    }

    /** The warehouse in force for a home folder. */
    public Path warehouse(Home home) {
        return warehouse != null ? warehouse : home.warehouse();
    }
}
