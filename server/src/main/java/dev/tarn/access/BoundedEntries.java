package dev.tarn.access;

import dev.tarn.platform.Repeating;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Entries that anybody can cause as often as they like: denials, refused credentials, failed sign-ins. The first is recorded
 * like any other; what the same caller repeats within a minute is one more entry with a count. So that different ones cannot
 * fill the disk either, a caller has {@value #OF_A_CALLER} entries an hour and a tenant {@value #OF_A_TENANT}; what is beyond
 * is counted, every ten minutes, in one entry that says whose they were. Callers without a credential have a measure of their
 * own, so that nobody outside can hide what somebody inside does.
 */
final class BoundedEntries implements AutoCloseable {
    static final int OF_A_CALLER = 200;
    static final int OF_A_TENANT = 1_000;

    private static final Duration SAME = Duration.ofMinutes(1);
    private static final Duration MEASURE = Duration.ofHours(1);
    private static final Duration BEYOND = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Clock clock;
    private final Consumer<Draft> recorded;
    private final Map<Key, Repeats> repeats = new LinkedHashMap<>();
    private final Map<Owner, Measure> measures = new HashMap<>();
    private final Repeating worker;

    /** @param recorded takes an entry at once; called without a lock */
    BoundedEntries(Clock clock, Consumer<Draft> recorded) {
        this.clock = clock;
        this.recorded = recorded;
        this.worker = Repeating.start("tarn-audit-repeats", PAUSE, () -> flush(false));
    }

    /** An entry but for its id and time. */
    record Draft(
            UUID tenantId, Caller caller, String verb, String resource, Audit.Outcome outcome, Map<String, ?> details) {
        String who() {
            return caller instanceof Caller.Anonymous
                    ? caller.origin().address()
                    : caller.userId().toString();
        }

        Draft counted(long count, Instant since) {
            Map<String, Object> more = new LinkedHashMap<>(details);
            more.put("repeated", count);
            more.put("since", since.toString());
            return new Draft(tenantId, caller, verb, resource, outcome, more);
        }
    }

    private record Key(UUID tenantId, String who, String verb, String resource, Audit.Outcome outcome) {}

    private record Owner(UUID tenantId, boolean anonymous) {}

    private static final class Repeats {
        final Draft draft;
        final Instant since;
        long count;

        Repeats(Draft draft, Instant since) {
            this.draft = draft;
            this.since = since;
        }
    }

    /** How much of its hour a tenant has used, and what was beyond, by caller; of callers that came too late together. */
    private static final class Measure {
        final Instant since;
        final Map<String, Integer> used = new HashMap<>();
        final Map<String, Repeats> beyond = new LinkedHashMap<>();
        int all;

        Measure(Instant since) {
            this.since = since;
        }

        boolean take(String who) {
            int before = used.getOrDefault(who, 0);
            if (all >= OF_A_TENANT || before >= OF_A_CALLER) {
                return false;
            }
            all++;
            used.put(who, before + 1);
            return true;
        }

        void count(Draft draft, long count, Instant now) {
            String who = used.containsKey(draft.who()) ? draft.who() : "";
            Caller caller = who.isEmpty() ? new Caller.Anonymous(Caller.Origin.LOCAL) : draft.caller();
            Draft rest = new Draft(
                    draft.tenantId(),
                    caller,
                    "several",
                    "audit:*",
                    draft.outcome(),
                    Map.of("what", "more than are recorded one by one"));
            beyond.computeIfAbsent(who, any -> new Repeats(rest, now)).count += count;
        }
    }

    void add(Draft draft) {
        if (first(draft)) {
            recorded.accept(draft);
        }
    }

    private synchronized boolean first(Draft draft) {
        Instant now = clock.instant();
        Key key = new Key(draft.tenantId(), draft.who(), draft.verb(), draft.resource(), draft.outcome());
        Repeats same = repeats.get(key);
        if (same != null) {
            same.count++;
            return false;
        }
        Measure measure = measure(draft, now);
        if (!measure.take(draft.who())) {
            measure.count(draft, 1, now);
            return false;
        }
        repeats.put(key, new Repeats(draft, now));
        return true;
    }

    private Measure measure(Draft draft, Instant now) {
        Owner owner = new Owner(draft.tenantId(), draft.caller() instanceof Caller.Anonymous);
        return measures.computeIfAbsent(owner, any -> new Measure(now));
    }

    /** Records what was counted for long enough; all of it when nothing will come any more. */
    void flush(boolean last) {
        due(last).forEach(recorded);
    }

    private synchronized List<Draft> due(boolean last) {
        Instant now = clock.instant();
        List<Draft> due = new ArrayList<>();
        for (Iterator<Repeats> all = repeats.values().iterator(); all.hasNext(); ) {
            Repeats same = all.next();
            if (last || over(same.since, SAME, now)) {
                all.remove();
                repeated(same, now).ifPresent(due::add);
            }
        }
        for (Iterator<Measure> all = measures.values().iterator(); all.hasNext(); ) {
            Measure measure = all.next();
            boolean over = last || over(measure.since, MEASURE, now);
            measure.beyond.values().removeIf(rest -> {
                boolean enough = over || over(rest.since, BEYOND, now);
                if (enough) {
                    due.add(rest.draft.counted(rest.count, rest.since));
                }
                return enough;
            });
            if (over) {
                all.remove();
            }
        }
        return due;
    }

    private Optional<Draft> repeated(Repeats same, Instant now) {
        if (same.count == 0) {
            return Optional.empty();
        }
        Measure measure = measure(same.draft, now);
        if (measure.take(same.draft.who())) {
            return Optional.of(same.draft.counted(same.count, same.since));
        }
        measure.count(same.draft, same.count, now);
        return Optional.empty();
    }

    /** A clock that was set back must not keep counts forever. */
    private static boolean over(Instant since, Duration duration, Instant now) {
        return !now.isBefore(since.plus(duration)) || now.isBefore(since);
    }

    @Override
    public void close() {
        worker.close();
        flush(true);
    }
}
