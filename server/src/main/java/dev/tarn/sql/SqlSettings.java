package dev.tarn.sql;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Admission of statements.
 *
 * @param running how many run at once; as many as there are cores when 0
 * @param queue how many may wait
 * @param profiledRows a table of more rows is profiled by a sample of about so many
 */
@ConfigurationProperties("tarn.sql")
public record SqlSettings(
        @DefaultValue("0") int running,
        @DefaultValue("64") int queue,
        @DefaultValue("10000000") long profiledRows) {}
