package dev.tarn.usage;

import dev.tarn.platform.database.Database;
import java.util.List;

/** One upsert a wish: the row's old values decide, so that no other server comes in between. */
final class JdbcRateStore implements RateStore {
    private static final String NEW_SPAN =
            "(excluded.began_at > rate_counts.began_at OR rate_counts.began_at > :latest)";

    private final Database database;

    JdbcRateStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Grant> take(List<Wish> wishes) {
        return wishes.stream().map(this::take).toList();
    }

    private Grant take(Wish wish) {
        long first = Math.min(wish.limit(), wish.wanted());
        return database.client()
                .sql("""
                        INSERT INTO rate_counts (tenant_id, key_id, span, began_at, taken, granted)
                        VALUES (:tenant, :key, :span, :began, :first, :first)
                        ON CONFLICT (tenant_id, key_id, span) DO UPDATE SET
                            granted = CASE
                                WHEN %1$s THEN excluded.taken
                                WHEN rate_counts.taken + excluded.taken <= :limit THEN excluded.taken
                                WHEN rate_counts.taken >= :limit THEN 0
                                ELSE :limit - rate_counts.taken END,
                            taken = CASE
                                WHEN %1$s THEN excluded.taken
                                WHEN rate_counts.taken + excluded.taken <= :limit THEN rate_counts.taken + excluded.taken
                                WHEN rate_counts.taken >= :limit THEN rate_counts.taken
                                ELSE :limit END,
                            began_at = CASE WHEN %1$s THEN excluded.began_at ELSE rate_counts.began_at END
                        RETURNING began_at, granted, taken""".formatted(NEW_SPAN))
                .param("tenant", wish.tenantId().toString())
                .param("key", wish.keyId().toString())
                .param("span", wish.span().text())
                .param("began", wish.beganAt())
                .param("latest", wish.latest())
                .param("first", first)
                .param("limit", wish.limit())
                .query((row, number) ->
                        new Grant(row.getLong("began_at"), row.getLong("granted"), row.getLong("taken")))
                .single();
    }
}
