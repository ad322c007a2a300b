package dev.tarn.upkeep;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code tarn.upkeep.*}.
 *
 * @param targetFile about how large a data file should be, unless the table's property write.target-file-size-bytes says
 * @param rounds how often tables are looked at
 */
@ConfigurationProperties("tarn.upkeep")
public record UpkeepSettings(
        @DefaultValue("256MB") DataSize targetFile,
        @DefaultValue("1m") Duration rounds) {}
