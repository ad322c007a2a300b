package dev.tarn.loading;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of loads.
 *
 * @param running how many convert at once; others wait
 * @param queue how many may wait
 * @param maximumUpload of one file
 * @param targetFile about how large a data file becomes
 * @param timeout of one conversion, after the upload
 */
@ConfigurationProperties("tarn.loading")
public record LoadingSettings(
        @DefaultValue("2") int running,
        @DefaultValue("64") int queue,
        @DefaultValue("100GB") DataSize maximumUpload,
        @DefaultValue("256MB") DataSize targetFile,
        @DefaultValue("6h") Duration timeout) {}
