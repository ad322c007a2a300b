package dev.tarn.usage;

import dev.tarn.access.Caller;
import dev.tarn.platform.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which entry a call belongs to. At 1,000 calls a second a key would write 86 million entries a day, some 15 GB. So only the
 * first calls of a minute are entries of their own, as many as a person or a careful program makes; the rest of that minute is one
 * entry, whose count grows. A key that never stops so writes 88,000 entries a day at most.
 */
final class CallCounts {
    private final int single;
    private final Ids ids;
    private final Map<Source, Minute> minutes = new ConcurrentHashMap<>();
    private volatile Instant current = Instant.MIN;

    /** @param single how many calls of a minute are entries of their own */
    CallCounts(int single, Ids ids) {
        this.single = single;
        this.ids = ids;
    }

    /** An entry, and how many calls it stands for with this one; the count of an entry only grows. */
    record Counted(UUID entryId, Instant at, long calls) {}

    private record Source(UUID tenantId, UUID workspaceId, UUID userId, Optional<UUID> keyId, String contract) {}

    /** @param rest the entry of all calls that are none of their own */
    private record Minute(Instant begin, long calls, Optional<Counted> rest) {}

    Counted count(Caller caller, Optional<UUID> keyId, String contract, Instant now) {
        Instant begin = now.truncatedTo(ChronoUnit.MINUTES);
        if (!begin.equals(current)) {
            current = begin;
            minutes.values().removeIf(minute -> !minute.begin().equals(begin)); // nobody adds to them any more
        }
        Minute minute = minutes.merge(
                new Source(caller.tenantId(), caller.workspaceId(), caller.userId(), keyId, contract),
                new Minute(begin, 1, rest(0, Optional.empty(), now)),
                (before, first) -> before.begin().equals(begin)
                        ? new Minute(begin, before.calls() + 1, rest(before.calls(), before.rest(), now))
                        : first);
        return minute.rest().orElseGet(() -> new Counted(ids.next(), now, 1));
    }

    /** How many callers it knows. */
    int size() {
        return minutes.size();
    }

    private Optional<Counted> rest(long callsBefore, Optional<Counted> before, Instant now) {
        if (callsBefore < single) {
            return Optional.empty();
        }
        return Optional.of(before.map(rest -> new Counted(rest.entryId(), rest.at(), rest.calls() + 1))
                .orElseGet(() -> new Counted(ids.next(), now, 1)));
    }
}
