package dev.tarn.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What was used, summed up.
 *
 * @param own whether only the caller's own use is in it, because the caller may not see that of others
 * @param rows only those with any use; days and hours in their order, others with the most calls first
 */
public record UsageReport(boolean own, List<Row> rows, Row total) {
    /**
     * A line.
     *
     * @param group a date, an hour with its offset from UTC, a name, a kind
     * @param id of the user or the key
     * @param costUsd exact, each use at the prices of its time
     */
    public record Row(String group, Optional<UUID> id, UsageAmount amount, BigDecimal costUsd) {
        Row plus(Row other) {
            return new Row(group, id, amount.plus(other.amount), Prices.plain(costUsd.add(other.costUsd)));
        }
    }
}
