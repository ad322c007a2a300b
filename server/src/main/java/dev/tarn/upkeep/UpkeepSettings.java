package dev.tarn.upkeep;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code tarn.upkeep.*}.
 *
 * @param rounds how often tables are looked at
 */
@ConfigurationProperties("tarn.upkeep")
public record UpkeepSettings(@DefaultValue("1m") Duration rounds) {}
