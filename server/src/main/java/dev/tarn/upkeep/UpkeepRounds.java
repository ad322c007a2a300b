package dev.tarn.upkeep;

import dev.tarn.access.Caller;
import dev.tarn.catalog.CatalogIndex;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.TableName;
import dev.tarn.jobs.Jobs;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.TarnException;
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
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
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

    private static final int MOST_LOOKS = 500;
    private static final int PAGE = 1_000;
    private static final int MOST_JOBS = 1_000;
    private static final int JOBS_OF_TABLE = 50;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final CatalogIndex index;
    private final TableInspection tables;
    private final TableHealths healths;
    private final UpkeepPolicies policies;
    private final Upkeep upkeep;
    private final Jobs jobs;
    private final Warehouse warehouse;
    private final Readiness readiness;
    private final Clock clock;
    private final Map<UUID, Map<TableName, Look>> looks = new HashMap<>();

    UpkeepRounds(
            CatalogIndex index,
            TableInspection tables,
            TableHealths healths,
            UpkeepPolicies policies,
            Upkeep upkeep,
            Jobs jobs,
            Warehouse warehouse,
            Readiness readiness,
            Clock clock) {
        this.index = index;
        this.tables = tables;
        this.healths = healths;
        this.policies = policies;
        this.upkeep = upkeep;
        this.jobs = jobs;
        this.warehouse = warehouse;
        this.readiness = readiness;
        this.clock = clock;
    }

    /** What a table was like when it was last looked at closely. */
    private record Look(String metadata, long files, long versions, Instant at) {}

    private record Proposal(ReadableTable table, UpkeepPolicy policy, UpkeepDecisions.Decision decision) {}

    /** One round through all tenants. */
    void round() {
        if (readiness.state() != Readiness.State.READY) {
            return;
        }
        List<UUID> tenants = index.tenants(new Caller.Server(Caller.Server.ID));
        looks.keySet().retainAll(tenants);
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
        Map<TableName, Look> met = new HashMap<>();
        List<Proposal> proposals = new ArrayList<>();
        int left = MOST_LOOKS;
        Optional<TableName> last = Optional.empty();
        List<CatalogIndex.Place> page;
        do {
            page = index.places(server, last, PAGE);
            for (CatalogIndex.Place place : page) {
                Optional<Look> before = Optional.ofNullable(known.get(place.name()));
                before.ifPresent(look -> met.put(place.name(), look));
                if (left > 0 && !isFresh(before, place)) {
                    left--;
                    look(server, place, before, all, proposals).ifPresent(look -> met.put(place.name(), look));
                }
                last = Optional.of(place.name());
            }
        } while (page.size() == PAGE);
        looks.put(server.tenantId(), met);
        return proposals;
    }

    private boolean isFresh(Optional<Look> before, CatalogIndex.Place place) {
        return before.filter(look -> look.metadata().equals(place.metadata()))
                .filter(look -> look.at().isAfter(clock.instant().minus(LONGEST_PAUSE)))
                .isPresent();
    }

    private Optional<Look> look(
            Caller.Server server,
            CatalogIndex.Place place,
            Optional<Look> before,
            Map<PolicyScope, UpkeepPolicy> all,
            List<Proposal> proposals) {
        try {
            ReadableTable table = tables.describe(server, place.name());
            UpkeepPolicy policy = UpkeepPolicies.holding(all, table);
            Look now = now(table.table(), place.metadata());
            if (!isOurs(table, all) || !isWorthwhile(policy, before, now)) {
                return Optional.empty();
            }
            decisions(server, table, policy).forEach(decision -> proposals.add(new Proposal(table, policy, decision)));
            return Optional.of(now);
        } catch (TarnException e) {
            LOG.debug("{} cannot be looked at", place.name(), e);
            return Optional.empty();
        }
    }

    /** A table that was adopted where it is may be another catalog's too: it is left alone unless its own policy says otherwise. */
    private boolean isOurs(ReadableTable table, Map<PolicyScope, UpkeepPolicy> all) {
        return warehouse.holds(table.table().location())
                || Boolean.TRUE.equals(all.getOrDefault(UpkeepPolicies.scope(table), UpkeepPolicy.SILENT)
                        .said()
                        .get(PolicySetting.ENABLED));
    }

    private Look now(Table table, String metadata) {
        Snapshot snapshot = table.currentSnapshot();
        Map<String, String> summary = snapshot == null ? Map.of() : snapshot.summary();
        long files = number(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP)
                + number(summary, SnapshotSummary.TOTAL_DELETE_FILES_PROP);
        return new Look(metadata, files, TableHistory.of(table, clock.instant()).snapshots(), clock.instant());
    }

    private static long number(Map<String, String> summary, String name) {
        String text = summary.getOrDefault(name, "0");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /** Reading manifests after each commit would be more work than it saves. */
    private boolean isWorthwhile(UpkeepPolicy policy, Optional<Look> before, Look now) {
        if (!policy.is(PolicySetting.ENABLED)) {
            return false;
        }
        if (before.isEmpty() || before.get().at().isBefore(now.at().minus(LONGEST_PAUSE))) {
            return true;
        }
        long enough = policy.count(PolicySetting.COMPACT_SMALL_FILES).orElseThrow() / 2;
        long versions = policy.count(PolicySetting.EXPIRE_MOST_VERSIONS).orElseThrow();
        return Math.abs(now.files() - before.get().files()) >= enough || now.versions() > versions;
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
                        TableHistory.of(table.table(), now).oldest().orElse(now),
                        done,
                        now)
                .all();
    }
}
