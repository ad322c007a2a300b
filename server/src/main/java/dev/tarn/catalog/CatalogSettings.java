package dev.tarn.catalog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the catalog.
 *
 * @param droppedKept how long a dropped table can be brought back; its files count as stored until then
 */
@ConfigurationProperties("tarn.catalog")
public record CatalogSettings(@DefaultValue("7d") Duration droppedKept) {
    public CatalogSettings {
        if (droppedKept.isNegative()) {
            throw new IllegalArgumentException("tarn.catalog.dropped-kept must be 0s or longer");
        }
    }
}
