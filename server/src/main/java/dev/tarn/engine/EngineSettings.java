package dev.tarn.engine;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of one statement, and what files of tables are like.
 *
 * @param maximumSqlLength of the text, in characters
 * @param maximumResult of the result's columns as they leave the worker
 * @param targetFile about how large a data file becomes, unless the table's property write.target-file-size-bytes says
 */
@ConfigurationProperties("tarn.engine")
public record EngineSettings(
        @DefaultValue("1MB") DataSize maximumSqlLength,
        @DefaultValue("100MB") DataSize maximumResult,
        @DefaultValue("256MB") DataSize targetFile) {}
