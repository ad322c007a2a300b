package dev.tarn.catalog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the catalog.
 *
 * @param droppedKept how long a dropped table can be brought back; its files count as stored until then
 * @param reportsKept how long what engines report of their scans and commits is kept
 * @param reportsOfTable how many reports of one table are kept; the oldest go
 */
@ConfigurationProperties("tarn.catalog")
public record CatalogSettings(
        @DefaultValue("7d") Duration droppedKept,
        @DefaultValue("30d") Duration reportsKept,
        @DefaultValue("200") int reportsOfTable) {
    public CatalogSettings {
        if (droppedKept.isNegative()) {
            throw new IllegalArgumentException("tarn.catalog.dropped-kept must be 0s or longer");
        }
        if (reportsKept.isNegative() || reportsOfTable < 1) {
            throw new IllegalArgumentException(
                    "tarn.catalog.reports-kept must be 0s or longer, and tarn.catalog.reports-of-table 1 or more");
        }
    }
}
