package dev.tarn.sql;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Statements.
 *
 * @param running how many of one user run at once, and one more of another; as many as there are cores when 0
 * @param queue how many of one user may wait
 * @param profiledRows a table of more rows is profiled by a sample of about so many
 * @param history how long a statement stays in the history
 * @param historyPerUser how many statements of a user stay in it, the newest
 * @param maximumExport of one exported file
 * @param resultsKept how long the rows of a submitted statement are kept after its end
 * @param maximumKeptResult of one submitted statement, in bytes of its Arrow stream
 */
@ConfigurationProperties("tarn.sql")
public record SqlSettings(
        @DefaultValue("0") int running,
        @DefaultValue("64") int queue,
        @DefaultValue("10000000") long profiledRows,
        @DefaultValue("90d") Duration history,
        @DefaultValue("10000") int historyPerUser,
        @DefaultValue("10GB") DataSize maximumExport,
        @DefaultValue("1d") Duration resultsKept,
        @DefaultValue("10GB") DataSize maximumKeptResult) {
    public SqlSettings {
        if (historyPerUser < 1) {
            throw new IllegalArgumentException(
                    "tarn.sql.history-per-user must be at least 1; a shorter tarn.sql.history keeps less, too");
        }
    }
}
