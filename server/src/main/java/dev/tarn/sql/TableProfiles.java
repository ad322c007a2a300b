package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.TableDescription;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.Defaults;
import dev.tarn.engine.Engine;
import dev.tarn.engine.QueryResult;
import dev.tarn.platform.Admission;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.usage.Allowance;
import dev.tarn.usage.Meter;
import dev.tarn.usage.Use;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Profiles of tables. The first call for a version of a table reads it, as the caller and through the engine, so grants hold
 * here as in any statement; later calls find the answer in the database, after the same check of rights.
 */
public final class TableProfiles {
    private static final Defaults DEFAULTS = Defaults.of(null, null);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int RUNNING = 1;
    private static final int QUEUE = 16;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Access access;
    private final Audit audit;
    private final Tables tables;
    private final Engine engine;
    private final Meter meter;
    private final Allowance allowance;
    private final ProfileStore store;
    private final Clock clock;
    private final long mostRows;
    private final Admission admission;
    private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();

    /** @param mostRows a table of more is profiled by a sample of about so many */
    TableProfiles(
            Access access,
            Audit audit,
            Tables tables,
            Engine engine,
            Meter meter,
            Allowance allowance,
            ProfileStore store,
            Clock clock,
            long mostRows) {
        this.access = access;
        this.audit = audit;
        this.tables = tables;
        this.engine = engine;
        this.meter = meter;
        this.allowance = allowance;
        this.store = store;
        this.clock = clock;
        this.mostRows = mostRows;
        this.admission = new Admission("profiles", RUNNING, QUEUE, clock);
    }

    /**
     * The profile of the table's newest version.
     *
     * @throws dev.tarn.platform.TarnException {@code UNKNOWN_TABLE}, {@code FORBIDDEN}, {@code TIMEOUT} after five minutes,
     *     {@code OVERLOADED} when too many wait
     */
    public TableProfile profile(Caller caller, TableName name) {
        TableDescription table = tables.describe(caller, name);
        Resource resource = Resource.table(table.name().text());
        access.require(caller, Verb.SELECT, resource);
        audit.recordSoon(caller, Verb.SELECT.text(), resource, Audit.Outcome.DONE, Map.of("what", "profile"));
        OptionalLong snapshot = table.snapshotId();
        if (snapshot.isEmpty()) {
            return new TableProfile(table.name().text(), "", 0, 0, 0, List.of());
        }
        if (!access.tableRights(caller, resource).isFull()) {
            // It is the caller's alone, and a filter may mean something else tomorrow.
            return make(caller, table, snapshot.getAsLong());
        }
        return kept(caller, table, snapshot.getAsLong()).orElseGet(() -> {
            TableProfile made = make(caller, table, snapshot.getAsLong());
            store.keep(
                    caller.tenantId(),
                    table.id(),
                    snapshot.getAsLong(),
                    JSON.writeValueAsString(made),
                    clock.instant());
            return made;
        });
    }

    /** Columns may have come and gone since, without a new version of the rows. */
    private Optional<TableProfile> kept(Caller caller, TableDescription table, long snapshot) {
        return store.find(caller.tenantId(), table.id(), snapshot)
                .flatMap(TableProfiles::parsed)
                .filter(profile -> profile.table().equals(table.name().text()))
                .filter(profile -> profile.columns().stream()
                        .map(column -> column.name() + " " + column.type())
                        .toList()
                        .equals(table.columns().stream()
                                .map(column -> column.name() + " " + column.type())
                                .toList()));
    }

    private static Optional<TableProfile> parsed(String text) {
        try {
            return Optional.of(JSON.readValue(text, TableProfile.class));
        } catch (JacksonException e) {
            // An older release wrote it in another form; it is made again.
            return Optional.empty();
        }
    }

    private TableProfile make(Caller caller, TableDescription table, long snapshot) {
        Instant start = clock.instant();
        Cancellation cancellation = new Cancellation();
        running.add(cancellation);
        Deadline deadline = Deadline.in(clock, LONGEST);
        try (Admission.Place _ = admission.enter(deadline, cancellation)) {
            allowance.requireScans(caller);
            List<ProfiledColumn> columns = new ArrayList<>();
            table.columns().forEach(column -> columns.add(ProfiledColumn.of(columns.size(), column)));
            Function<String, JsonNode> rowsOf = sql -> rows(caller, sql, deadline, cancellation);
            long count = table.rowCount().orElseGet(() -> count(table, rowsOf));
            ProfileRun run = new ProfileRun(new ProfileQueries(source(table, count)), columns, rowsOf);
            List<TableProfile.ColumnProfile> profiles = run.columns();
            return new TableProfile(
                    table.name().text(),
                    Long.toString(snapshot),
                    count,
                    run.rows(),
                    Duration.between(start, clock.instant()).toMillis(),
                    profiles);
        } finally {
            running.remove(cancellation);
        }
    }

    private static long count(TableDescription table, Function<String, JsonNode> rowsOf) {
        return rowsOf.apply("SELECT count(*) AS n FROM " + table.name().text())
                .get(0)
                .get("n")
                .asLong();
    }

    private String source(TableDescription table, long count) {
        String name = table.name().text();
        return count <= mostRows ? name : "(SELECT * FROM " + name + " USING SAMPLE " + 100.0 * mostRows / count + "%)";
    }

    private JsonNode rows(Caller caller, String sql, Deadline deadline, Cancellation cancellation) {
        Instant start = clock.instant();
        try (QueryResult result = engine.run(caller, BoundStatement.of(sql, DEFAULTS), deadline, cancellation)) {
            meter.record(
                    caller,
                    Use.statement(
                            result.reading().bytesScanned(),
                            Duration.between(start, clock.instant()).toMillis()));
            return result.toJson(QueryResult.RowShape.OBJECT);
        }
    }

    /** Ends what still runs when the server stops. */
    void outOfTime() {
        running.forEach(Cancellation::outOfTime);
    }
}
