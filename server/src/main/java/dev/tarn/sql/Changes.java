package dev.tarn.sql;

import dev.tarn.access.Caller;
import dev.tarn.catalog.Namespaces;
import dev.tarn.catalog.NewColumn;
import dev.tarn.catalog.TableChanges;
import dev.tarn.catalog.TableEdits;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TablePattern;
import dev.tarn.catalog.TableVersion;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.Views;
import dev.tarn.catalog.WriteMode;
import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.Change;
import dev.tarn.engine.ChangeResult;
import dev.tarn.engine.ChangedRows;
import dev.tarn.engine.Engine;
import dev.tarn.engine.MaterializedRows;
import dev.tarn.engine.RowChanges;
import dev.tarn.engine.WorkerRows;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.usage.Allowance;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.TargetColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;

/** Statements that write: each is one commit, or none. The catalog authorises. */
final class Changes {
    /** How often a statement runs when others change what it looks at. */
    private static final int MOST_ATTEMPTS = 5;

    private static final String BRANCH = "branch_";

    private final Tables tables;
    private final TableChanges changes;
    private final Views views;
    private final CreatedViews createdViews;
    private final Namespaces namespaces;
    private final Engine engine;
    private final RowChanges rowChanges;
    private final ChangeTurns turns;
    private final Allowance allowance;
    private final long targetFileBytes;

    Changes(
            Tables tables,
            TableChanges changes,
            Views views,
            Namespaces namespaces,
            Engine engine,
            RowChanges rowChanges,
            ChangeTurns turns,
            Allowance allowance,
            long targetFileBytes) {
        this.tables = tables;
        this.changes = changes;
        this.views = views;
        this.createdViews = new CreatedViews(views, engine);
        this.namespaces = namespaces;
        this.engine = engine;
        this.rowChanges = rowChanges;
        this.turns = turns;
        this.allowance = allowance;
        this.targetFileBytes = targetFileBytes;
    }

    /** The same on another catalog, or one whose changes become true in another way. */
    Changes on(Caller caller, Tables others, Views otherViews, Namespaces otherNamespaces) {
        return new Changes(
                others,
                changes.on(caller, others),
                otherViews,
                otherNamespaces,
                engine.on(caller, others, otherViews),
                rowChanges.on(caller, others, otherViews),
                turns,
                allowance,
                targetFileBytes);
    }

    /**
     * One statement of one caller.
     *
     * @param expected hears the answer before the commit that makes it true
     */
    record Run(
            Caller caller,
            BoundStatement bound,
            Deadline deadline,
            Cancellation cancellation,
            Consumer<ChangeResult> expected) {
        Run(Caller caller, BoundStatement bound, Deadline deadline, Cancellation cancellation) {
            this(caller, bound, deadline, cancellation, result -> {});
        }

        void requireWanted() {
            cancellation.requireWanted();
        }
    }

    ChangeResult apply(Run run, Change change) {
        run.requireWanted();
        return switch (change) {
            case Change.CreateTable create -> create(run, create);
            case Change.CreateTableAs create -> createAs(run, create);
            case Change.CreateTableLike create -> createLike(run, create);
            case Change.Insert insert -> insert(run, insert);
            case Change.ChangeRows rows -> changeRows(run, rows);
            case Change.Truncate truncate -> truncate(run, truncate.table());
            case Change.DropTable drop -> unlessMissing(drop.ifExists(), () -> drop(run.caller(), drop));
            case Change.UndropTable undrop -> done(() -> changes.undrop(run.caller(), undrop.table(), undrop.wanted()));
            case Change.RenameTable rename -> done(() -> tables.rename(run.caller(), rename.table(), rename.target()));
            case Change.AlterColumns alter ->
                done(() -> tables.alterColumns(run.caller(), alter.table(), alter.edits()));
            case Change.AlterTable alter -> done(() -> changes.alter(run.caller(), alter.table(), alter.edit()));
            case Change.Describe describe -> done(() -> tables.alter(run.caller(), describe.table(), edits(describe)));
            case Change.CreateView create -> createdViews.make(run, create);
            case Change.DropView drop -> unlessMissing(drop.ifExists(), () -> views.drop(run.caller(), drop.view()));
            case Change.RenameView rename -> done(() -> views.rename(run.caller(), rename.view(), rename.target()));
            case Change.CreateNamespace create ->
                unless(
                        create.ifNotExists() ? Set.of(ErrorCode.ALREADY_EXISTS) : Set.of(),
                        () -> namespaces.create(run.caller(), create.levels()));
            case Change.DropNamespace drop -> unlessMissing(drop.ifExists(), () -> drop(run.caller(), drop));
        };
    }

    private void drop(Caller caller, Change.DropTable drop) {
        if (drop.purge()) {
            tables.purge(caller, drop.table());
        } else {
            tables.drop(caller, drop.table());
        }
    }

    private void drop(Caller caller, Change.DropNamespace drop) {
        if (drop.cascade()) {
            namespaces.dropAll(caller, drop.levels());
        } else {
            namespaces.drop(caller, drop.levels());
        }
    }

    private static ChangeResult unlessMissing(boolean ifExists, Runnable work) {
        return unless(ifExists ? Set.of(ErrorCode.UNKNOWN_TABLE, ErrorCode.UNKNOWN_NAMESPACE) : Set.of(), work);
    }

    private static ChangeResult unless(Set<ErrorCode> harmless, Runnable work) {
        try {
            work.run();
        } catch (TarnException e) {
            if (!harmless.contains(e.code())) {
                throw e;
            }
        }
        return ChangeResult.NONE;
    }

    private static ChangeResult done(Runnable work) {
        return unless(Set.of(), work);
    }

    private static TableEdits edits(Change.Describe describe) {
        return describe.column()
                .map(column -> new TableEdits(Optional.empty(), Optional.empty(), Map.of(column, describe.text())))
                .orElseGet(() -> new TableEdits(Optional.of(describe.text()), Optional.empty(), Map.of()));
    }

    private ChangeResult create(Run run, Change.CreateTable create) {
        Schema schema = NewColumn.schema(create.columns());
        return made(run, create.table(), create.existing(), write -> {
            write.define(create.traits().shape(), create.traits().properties());
            write.commit(schema, List.of());
            return ChangeResult.NONE;
        });
    }

    private ChangeResult createLike(Run run, Change.CreateTableLike create) {
        TablePattern like = changes.pattern(run.caller(), create.like());
        Map<String, String> properties = new HashMap<>(like.properties());
        properties.putAll(create.properties());
        return made(run, create.table(), create.existing(), write -> {
            write.define(like.shape(), properties);
            write.commit(like.schema(), List.of());
            return ChangeResult.NONE;
        });
    }

    private ChangeResult createAs(Run run, Change.CreateTableAs create) {
        allowance.requireRoom(run.caller());
        return made(run, create.table(), create.existing(), write -> {
            write.define(create.traits().shape(), create.traits().properties());
            MaterializedRows rows = rows(run, write, List.of(), List.of());
            write.commit(rows.columns(), rows.files());
            return result(rows);
        });
    }

    private interface Making {
        ChangeResult with(TableWrite write);
    }

    private ChangeResult made(Run run, TableName table, Change.Existing existing, Making making) {
        boolean replaces = existing == Change.Existing.REPLACE
                && tables.lineage(run.caller(), table).isPresent();
        try (TableWrite write = tables.begin(run.caller(), table, replaces ? WriteMode.REPLACE : WriteMode.CREATE)) {
            return making.with(write);
        } catch (TarnException e) {
            if (existing != Change.Existing.KEEP || e.code() != ErrorCode.ALREADY_EXISTS) {
                throw e;
            }
            return ChangeResult.NONE;
        }
    }

    private ChangeResult insert(Run run, Change.Insert insert) {
        allowance.requireRoom(run.caller());
        WriteMode mode = insert.overwritten().isPresent() ? WriteMode.OVERWRITE : WriteMode.APPEND;
        try (TableWrite write = begun(run, insert.table(), mode)) {
            Inserted inserted = Inserted.of(insert, write);
            Run whole = new Run(
                    run.caller(), inserted.text(run.bound()), run.deadline(), run.cancellation(), run.expected());
            MaterializedRows rows = rows(whole, write, inserted.target(), inserted.given());
            write.commit(write.existingSchema().orElseThrow(), rows.files());
            return result(rows);
        }
    }

    /** Spark writes {@code t.branch_x} for a table's branch. */
    private TableWrite begun(Run run, TableName table, WriteMode mode) {
        try {
            return tables.begin(run.caller(), table, mode);
        } catch (TarnException e) {
            boolean unknown = e.code() == ErrorCode.UNKNOWN_TABLE || e.code() == ErrorCode.UNKNOWN_NAMESPACE;
            String part = table.table().toLowerCase(Locale.ROOT);
            if (unknown && part.startsWith("tag_")) {
                throw new TarnException(
                        ErrorCode.STATEMENT_NOT_ALLOWED,
                        "There is no table %s, and a tag stays what it is; rows are written to a table or one of its branches"
                                .formatted(table.text()),
                        e);
            }
            if (!unknown || !part.startsWith(BRANCH)) {
                throw e;
            }
            return ofBranch(run, table, mode, e);
        }
    }

    private TableWrite ofBranch(Run run, TableName asked, WriteMode mode, TarnException unknown) {
        String branch = asked.table().substring(BRANCH.length());
        TableName table = asked.outside(run.bound().defaults().namespace());
        try {
            TableWrite write = tables.begin(
                    run.caller(),
                    table,
                    mode,
                    branch.equals("main") ? TableVersion.NEWEST : new TableVersion.Named(branch));
            write.note(Map.of("branch", branch));
            return write;
        } catch (TarnException e) {
            boolean noTable = e.code() == ErrorCode.UNKNOWN_TABLE || e.code() == ErrorCode.UNKNOWN_NAMESPACE;
            throw noTable ? unknown : e;
        }
    }

    /** Again from its beginning, on the table as it has become, when somebody else changed what it had looked at. */
    private ChangeResult changeRows(Run run, Change.ChangeRows change) {
        allowance.requireRoom(run.caller());
        for (int attempt = 1; ; attempt++) {
            try {
                return turns.run(run, change.table().text(), attempt > 1, () -> changeRowsOnce(run, change));
            } catch (TarnException e) {
                if (e.code() != ErrorCode.CONFLICT || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private ChangeResult changeRowsOnce(Run run, Change.ChangeRows change) {
        WriteMode mode = change.verb() == Change.RowVerb.MERGE ? WriteMode.MERGE : WriteMode.CHANGE;
        try (TableWrite write = begun(run, change.table(), mode)) {
            ChangedRows rows = rowChanges.change(
                    run.caller(), run.bound(), write, targetFileBytes, run.deadline(), run.cancellation());
            run.requireWanted();
            allowance.requireFit(run.caller());
            write.note(Map.of("rows", rows.rows(), "what", change.verb().name().toLowerCase(Locale.ROOT)));
            ChangeResult result = new ChangeResult(OptionalLong.of(rows.rows()), rows.reading());
            run.expected().accept(result);
            rows.change().ifPresent(changed -> write.change(changed, rows.files()));
            return result;
        }
    }

    private ChangeResult truncate(Run run, TableName table) {
        try (TableWrite write = begun(run, table, WriteMode.OVERWRITE)) {
            write.note(Map.of("what", "truncate"));
            write.commit(write.existingSchema().orElseThrow(), List.of());
            return ChangeResult.NONE;
        }
    }

    private MaterializedRows rows(Run run, TableWrite write, List<TargetColumn> target, List<String> given) {
        MaterializeTask task = WorkerRows.task(write, targetFileBytes, target, given);
        MaterializedRows rows =
                engine.materializeSource(run.caller(), run.bound(), task, run.deadline(), run.cancellation());
        run.requireWanted();
        allowance.requireFit(run.caller());
        write.note(Map.of("rows", rows.rows(), "of", "statement"));
        run.expected().accept(result(rows));
        return rows;
    }

    private static ChangeResult result(MaterializedRows rows) {
        return new ChangeResult(OptionalLong.of(rows.rows()), rows.reading());
    }
}
