package dev.tarn.storage;

import dev.tarn.platform.Home;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where tables live.
 *
 * @param warehouse a local folder; {@code warehouse} in the home folder when absent
 */
@ConfigurationProperties("tarn.storage")
public record StorageSettings(@Nullable Path warehouse) {

    /** The warehouse in force for a home folder. */
    public Path warehouse(Home home) {
        return warehouse != null ? warehouse : home.warehouse();
    }
}
