package dev.tarn.upkeep;

import dev.tarn.access.Caller;
import dev.tarn.catalog.CatalogIndex;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.TableName;
import dev.tarn.jobs.Jobs;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Readers;
import dev.tarn.storage.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all tables, again and again, and begins what pays most. A table is looked at closely when enough has changed since the last
 * look, by its newest version's own summary, and from time to time. What is begun is a job as anybody's, so two servers that come to
 * the same end begin it once. For the thread that makes the rounds alone.
 */
final class UpkeepRounds {
    private static final Logger LOG = LoggerFactory.getLogger(UpkeepRounds.class);

    /** Jobs of the server's own that wait or run, of a tenant. */
    private static final int MOST_AT_ONCE = 2;

    private static final int MOST_COUNTED = 500;
    private static final int PAGE = 1_000;
    private static final int MOST_JOBS = 1_000;
    private static final int JOBS_OF_TABLE = 50;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration PAUSE_BY_THE_CLOCK = Duration.ofMinutes(5);

    private final CatalogIndex index;
    private final TableInspection tables;
    private final TableHealths healths;
    private final UpkeepPolicies policies;
    private final Upkeep upkeep;
    private final Jobs jobs;
    private final Warehouse warehouse;
    private final Readers readers;
    private final Readiness readiness;
    private final Clock clock;
    private final Map<UUID, Map<TableName, Look>> looks = new HashMap<>();
    private final Map<UUID, Map<PolicyScope, UpkeepPolicy>> lastPolicies = new HashMap<>();

    UpkeepRounds(
            CatalogIndex index,
            TableInspection tables,
            TableHealths healths,
            UpkeepPolicies policies,
            Upkeep upkeep,
            Jobs jobs,
            Warehouse warehouse,
            Readers readers,
            Readiness readiness,
            Clock clock) {
        this.index = index;
        this.tables = tables;
        this.healths = healths;
        this.policies = policies;
        this.upkeep = upkeep;
        this.jobs = jobs;
        this.warehouse = warehouse;
        this.readers = readers;
        this.readiness = readiness;
        this.clock = clock;
    }

    /**
     * What a table was like.
     *
     * @param metadata its metadata file when it was last looked at
     * @param files when its manifests were last read, as its summary had it
     * @param until when it is looked at again although nothing has changed
     * @param countedAt when its manifests were last read
     * @param counted whether they were read in the last look
     */
    private record Look(String metadata, long files, long versions, Instant until, Instant countedAt, boolean counted) {
        Look counted(Instant now) {
            return new Look(metadata, files, versions, until, now, true);
        }

        /** This, with what was known of its manifests. */
        Look countedAsIn(Look before) {
            return new Look(metadata, before.files, versions, until, before.countedAt, false);
        }
    }

    private record Proposal(ReadableTable table, UpkeepPolicy policy, UpkeepDecisions.Decision decision) {}

    /** One round through all tenants. */
    void round() {
        if (readiness.state() != Readiness.State.READY) {
            return;
        }
        List<UUID> tenants = index.tenants(new Caller.Server(Caller.Server.ID));
        looks.keySet().retainAll(tenants);
        lastPolicies.keySet().retainAll(tenants);
        for (UUID tenant : tenants) {
            try {
                round(new Caller.Server(tenant));
            } catch (RuntimeException e) {
                LOG.warn("The tables of tenant {} could not be looked after; they are in a minute", tenant, e);
            }
        }
    }

    private void round(Caller.Server server) {
        List<UpkeepJob> done = jobs.list(server, UpkeepHandler.KIND, MOST_JOBS).stream()
                .map(UpkeepJob::of)
                .toList();
        long room = MOST_AT_ONCE
                - done.stream().filter(job -> !job.state().isOver()).count();
        if (room <= 0) {
            return;
        }
        UpkeepBudget budget = new UpkeepBudget(done, clock.instant());
        List<Proposal> proposals = proposals(server);
        proposals.sort(Comparator.comparingDouble(
                        (Proposal proposal) -> proposal.decision().worth())
                .reversed());
        for (Proposal proposal : proposals) {
            if (room > 0 && budget.allows(proposal.policy(), proposal.decision()) && begin(server, proposal)) {
                room--;
            } else {
                forget(server, proposal.table().name());
            }
        }
    }

    private boolean begin(Caller.Server server, Proposal proposal) {
        UpkeepDecisions.Decision decision = proposal.decision();
        try {
            UpkeepJob job = upkeep.submit(server, proposal.table(), decision.task(), Optional.of(decision.why()));
            LOG.info(
                    "{} of {} begins, job {}: {}",
                    decision.task().operation(),
                    proposal.table().name(),
                    job.id(),
                    decision.why());
            return true;
        } catch (TarnException e) {
            LOG.debug(
                    "{} of {} cannot begin",
                    decision.task().operation(),
                    proposal.table().name(),
                    e);
            return false;
        }
    }

    /** It is looked at again in the next round. */
    private void forget(Caller.Server server, TableName table) {
        looks.getOrDefault(server.tenantId(), Map.of()).remove(table);
    }

    private List<Proposal> proposals(Caller.Server server) {
        Map<PolicyScope, UpkeepPolicy> all = policies.all(server);
        Map<TableName, Look> known = looks.computeIfAbsent(server.tenantId(), any -> new HashMap<>());
        if (!all.equals(lastPolicies.put(server.tenantId(), all))) {
            known.clear();
        }
        Map<TableName, Look> met = new HashMap<>();
        List<Proposal> proposals = new ArrayList<>();
        int left = MOST_COUNTED;
        Optional<TableName> last = Optional.empty();
        List<CatalogIndex.Place> page;
        do {
            page = index.places(server, last, PAGE);
            for (CatalogIndex.Place place : page) {
                Optional<Look> before = Optional.ofNullable(known.get(place.name()));
                before.ifPresent(look -> met.put(place.name(), look));
                if (left > 0 && !isFresh(before, place)) {
                    Look look = look(server, place, before, all, proposals);
                    met.put(place.name(), look);
                    left -= look.counted() ? 1 : 0;
                }
                last = Optional.of(place.name());
            }
        } while (page.size() == PAGE);
        looks.put(server.tenantId(), met);
        return proposals;
    }

    private boolean isFresh(Optional<Look> before, CatalogIndex.Place place) {
        return before.filter(look -> look.metadata().equals(place.metadata()))
                .filter(look -> look.until().isAfter(clock.instant()))
                .isPresent();
    }

    private Look look(
            Caller.Server server,
            CatalogIndex.Place place,
            Optional<Look> before,
            Map<PolicyScope, UpkeepPolicy> all,
            List<Proposal> proposals) {
        Instant now = clock.instant();
        try (Readers.Registered _ = readers.begin()) {
            ReadableTable table = tables.describe(server, place.name());
            UpkeepPolicy policy = UpkeepPolicies.holding(all, table);
            Look seen = seen(table.table(), place.metadata(), now.plus(pause(policy)));
            boolean left = !policy.is(PolicySetting.ENABLED) || !isOurs(table, all);
            if (left || !isWorthwhile(policy, before, seen, now)) {
                return before.filter(any -> !left).map(seen::countedAsIn).orElse(seen);
            }
            decisions(server, table, policy).forEach(decision -> proposals.add(new Proposal(table, policy, decision)));
            return seen.counted(now);
        } catch (TarnException | NotFoundException e) {
            LOG.debug("{} cannot be looked at", place.name(), e);
            return new Look(place.metadata(), 0, 0, now.plus(LONGEST_PAUSE), Instant.EPOCH, false);
        }
    }

    /** At quiet times nothing is begun, and there may be reason to afterwards. */
    private static Duration pause(UpkeepPolicy policy) {
        boolean byTheClock = policy.text(PolicySetting.SCHEDULE).isPresent()
                || policy.text(PolicySetting.QUIET_FROM).isPresent();
        return byTheClock ? PAUSE_BY_THE_CLOCK : LONGEST_PAUSE;
    }

    /** A table that was adopted where it is may be another catalog's too: it is left alone unless its own policy says otherwise. */
    private boolean isOurs(ReadableTable table, Map<PolicyScope, UpkeepPolicy> all) {
        return warehouse.holds(table.table().location())
                || Boolean.TRUE.equals(all.getOrDefault(UpkeepPolicies.scope(table), UpkeepPolicy.SILENT)
                        .said()
                        .get(PolicySetting.ENABLED));
    }

    private static Look seen(Table table, String metadata, Instant until) {
        Snapshot snapshot = table.currentSnapshot();
        Map<String, String> summary = snapshot == null ? Map.of() : snapshot.summary();
        long files = number(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP)
                + number(summary, SnapshotSummary.TOTAL_DELETE_FILES_PROP);
        return new Look(
                metadata,
                files,
                StreamSupport.stream(table.snapshots().spliterator(), false).count(),
                until,
                Instant.EPOCH,
                false);
    }

    private static long number(Map<String, String> summary, String name) {
        String text = summary.getOrDefault(name, "0");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /** Reading manifests after each commit would be more work than it saves. */
    private static boolean isWorthwhile(UpkeepPolicy policy, Optional<Look> before, Look seen, Instant now) {
        if (before.isEmpty() || before.get().countedAt().isBefore(now.minus(LONGEST_PAUSE))) {
            return true;
        }
        if (before.get().metadata().equals(seen.metadata()) || UpkeepDecisions.isTrimmed(policy, seen.versions())) {
            return true;
        }
        long enough = policy.count(PolicySetting.COMPACT_SMALL_FILES).orElseThrow() / 2;
        return Math.abs(seen.files() - before.get().files()) >= enough;
    }

    private List<UpkeepDecisions.Decision> decisions(Caller.Server server, ReadableTable table, UpkeepPolicy policy) {
        if (table.snapshotId().isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        List<UpkeepJob> done =
                jobs.about(server, UpkeepHandler.KIND, table.table().uuid().toString(), JOBS_OF_TABLE).stream()
                        .map(UpkeepJob::of)
                        .toList();
        TableHealth health = healths.of(table);
        return new UpkeepDecisions(
                        health,
                        policy,
                        Instant.ofEpochMilli(table.table()
                                .snapshot(table.snapshotId().getAsLong())
                                .timestampMillis()),
                        done,
                        now)
                .all();
    }
}
