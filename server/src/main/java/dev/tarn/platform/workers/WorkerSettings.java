package dev.tarn.platform.workers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The worker processes.
 *
 * @param application the folder of the worker's jars; {@code worker/target/app} of the installation when absent
 * @param maximum how many may live at once; three more than the cores when 0, so that loads and submitted statements do not starve those that somebody waits for
 * @param memory what one task may use before it is ended; half of the machine's memory divided by the cores when 0
 * @param recycleAbove a worker that holds more is replaced when it has had no task for a minute; one that holds more than it may use is replaced at once
 */
@ConfigurationProperties("tarn.workers")
public record WorkerSettings(
        @Nullable Path application,
        @DefaultValue("0") int maximum,
        @DefaultValue("0B") DataSize memory,
        @DefaultValue("512MB") DataSize recycleAbove) {}
