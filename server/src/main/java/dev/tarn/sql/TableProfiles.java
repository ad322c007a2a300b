package dev.tarn.sql;

import dev.tarn.access.Access;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
            Tables tables,
            Engine engine,
            Meter meter,
            Allowance allowance,
            ProfileStore store,
            Clock clock,
            long mostRows) {
        this.access = access;
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
        access.require(caller, Verb.SELECT, Resource.table(table.name().text()));
        OptionalLong snapshot = table.snapshotId();
        if (snapshot.isEmpty()) {
            return new TableProfile(table.name().text(), "", 0, 0, 0, List.of());
        }
        return kept(caller, table, snapshot.getAsLong()).orElseGet(() -> make(caller, table, snapshot.getAsLong()));
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
            ProfileRun run = new ProfileRun(
                    new ProfileQueries(source(table)), columns, sql -> rows(caller, sql, deadline, cancellation));
            List<TableProfile.ColumnProfile> profiles = run.columns();
            TableProfile profile = new TableProfile(
                    table.name().text(),
                    Long.toString(snapshot),
                    table.rowCount(),
                    run.rows(),
                    Duration.between(start, clock.instant()).toMillis(),
                    profiles);
            store.keep(caller.tenantId(), table.id(), snapshot, JSON.writeValueAsString(profile), clock.instant());
            return profile;
        } finally {
            running.remove(cancellation);
        }
    }

    private String source(TableDescription table) {
        String name = table.name().text();
        return table.rowCount() <= mostRows
                ? name
                : "(SELECT * FROM " + name + " USING SAMPLE " + 100.0 * mostRows / table.rowCount() + "%)";
    }

    private JsonNode rows(Caller caller, String sql, Deadline deadline, Cancellation cancellation) {
        Instant start = clock.instant();
        try (QueryResult result = engine.run(caller, BoundStatement.of(sql, DEFAULTS), deadline, cancellation)) {
            meter.record(
                    caller,
                    Use.statement(
                            result.bytesScanned(),
                            Duration.between(start, clock.instant()).toMillis()));
            return result.toJson(QueryResult.RowShape.OBJECT);
        }
    }

    /** Ends what still runs when the server stops. */
    void outOfTime() {
        running.forEach(Cancellation::outOfTime);
    }
}
