package dev.tarn.usage;

import java.util.List;
import java.util.UUID;

/** How many calls keys have made, counted by all servers together. */
interface RateStore {
    /**
     * A wish for permits.
     *
     * @param beganAt when the span began, by the clock of the server that asks; microseconds
     * @param latest a kept span that began later than this was made by a clock that has been put right since, and is forgotten
     * @param limit how many calls the span has
     * @param wanted how many of them the server would like
     */
    record Wish(UUID tenantId, UUID keyId, RateSpan span, long beganAt, long latest, long limit, long wanted) {}

    /**
     * What a wish brought.
     *
     * @param beganAt the span that was counted in: another server's clock may be in the next one already
     * @param granted 0 when the span has no more
     * @param taken how many of the span's calls are taken by now, those just granted included
     */
    record Grant(long beganAt, long granted, long taken) {}

    /** Grants wishes in their order. */
    List<Grant> take(List<Wish> wishes);
}
