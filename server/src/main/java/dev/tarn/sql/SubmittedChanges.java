package dev.tarn.sql;

import dev.tarn.access.Caller;
import dev.tarn.catalog.CatalogCommits;
import dev.tarn.catalog.StagedCatalog;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.WriteMode;
import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.Change;
import dev.tarn.engine.ChangeResult;
import dev.tarn.engine.Engine;
import dev.tarn.engine.Script;
import dev.tarn.engine.ScriptResult;
import dev.tarn.jobs.JobRun;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Statements and scripts that write, without their caller. What they change and the completion of their job become true in one
 * database transaction: a job that reads completed has written exactly once, and any other has written nothing.
 */
final class SubmittedChanges {
    /** How often a script begins anew because another changed one of its tables. */
    static final int MOST_REPETITIONS = 4;

    private final CatalogCommits commits;
    private final Changes changes;
    private final ResultTables results;
    private final Engine engine;

    SubmittedChanges(CatalogCommits commits, Changes changes, ResultTables results, Engine engine) {
        this.commits = commits;
        this.changes = changes;
        this.results = results;
        this.engine = engine;
    }

    /** Runs what writes to the job's completion; false when it is a query. */
    boolean run(JobRun job, StatementRequest request, Statements.Run statement, Deadline deadline) {
        Optional<Script> script = Script.of(request.bound());
        if (script.isPresent()) {
            run(script.get(), job, statement, deadline);
            return true;
        }
        Optional<Change> change = engine.change(job.caller(), request.bound());
        change.ifPresent(wanted -> run(wanted, request.bound(), job, statement, deadline));
        return change.isPresent();
    }

    /** Runs a query whose rows become a table's. */
    void keep(JobRun job, BoundStatement bound, ResultTarget target, Statements.Run statement, Deadline deadline) {
        Caller caller = job.caller();
        Completion completion = new Completion(job, statement, false);
        Tables tables = commits.with(caller, completion::together).tables();
        boolean there = tables.lineage(caller, target.name()).isPresent();
        ResultTables.Kept kept = results.on(tables)
                .keep(
                        caller,
                        bound,
                        target.name(),
                        there ? target.mode() : WriteMode.CREATE,
                        deadline,
                        job.cancellation(),
                        rows -> completion.expect(new ChangeResult(OptionalLong.of(rows.rows()), rows.reading())));
        statement.end(kept.rows(), kept.reading());
    }

    private void run(Change change, BoundStatement bound, JobRun job, Statements.Run statement, Deadline deadline) {
        Caller caller = job.caller();
        Completion completion = new Completion(job, statement, false);
        CatalogCommits.Facades catalog = commits.with(caller, completion::together);
        ChangeResult result = changes.on(caller, catalog.tables(), catalog.views(), catalog.namespaces())
                .apply(new Changes.Run(caller, bound, deadline, job.cancellation(), completion::expect), change);
        if (!completion.happened) {
            // There was nothing to change, as with IF EXISTS.
            completion.expect(result);
            completion.together();
        }
        statement.end(result.rows().orElse(0), result.reading());
    }

    private void run(Script script, JobRun job, Statements.Run statement, Deadline deadline) {
        for (int repetition = 0; repetition <= MOST_REPETITIONS; repetition++) {
            try (StagedCatalog catalog = commits.staged(job.caller())) {
                Optional<ScriptResult> result = attempt(script, catalog, job, statement, deadline);
                if (result.isPresent()) {
                    ScriptResult done = result.get();
                    statement.end(done.affected(), done.reading());
                    return;
                }
            }
        }
        throw new TarnException(
                ErrorCode.CONFLICT,
                "Others changed tables of this script each of the %d times that it ran; nothing of it was applied, send it again"
                        .formatted(MOST_REPETITIONS + 1));
    }

    /** Runs all statements once; empty when another has changed a table of theirs, and nothing of it is true then. */
    private Optional<ScriptResult> attempt(
            Script script, StagedCatalog catalog, JobRun job, Statements.Run statement, Deadline deadline) {
        Completion completion = new Completion(job, statement, true);
        try {
            Changes here = changes.on(job.caller(), catalog.tables(), catalog.views(), catalog.namespaces());
            for (BoundStatement one : script.statements()) {
                completion.expect(apply(here, one, job, deadline));
                job.progress((double) completion.expected.size()
                        / script.statements().size());
            }
        } catch (TarnException e) {
            // What it has seen of a table may be gone with that table's older version.
            if (catalog.isOvertaken()) {
                return Optional.empty();
            }
            throw e;
        }
        return catalog.commit(completion::together)
                ? Optional.of(new ScriptResult(completion.expected))
                : Optional.empty();
    }

    private ChangeResult apply(Changes here, BoundStatement one, JobRun job, Deadline deadline) {
        Change change = engine.change(job.caller(), one).orElseThrow(() -> new IllegalStateException("It was checked"));
        return here.apply(new Changes.Run(job.caller(), one, deadline, job.cancellation()), change);
    }

    /** How the job will read, once that is true. */
    private static final class Completion {
        private final JobRun job;
        private final Statements.Run statement;
        private final boolean script;
        private final List<ChangeResult> expected = new ArrayList<>();
        private boolean happened;

        Completion(JobRun job, Statements.Run statement, boolean script) {
            this.job = job;
            this.statement = statement;
            this.script = script;
        }

        /** A statement that is tried again has the answer of its last try. */
        void expect(ChangeResult result) {
            if (!script) {
                expected.clear();
            }
            expected.add(result);
        }

        /** In the transaction that makes the changes true; it may be tried again. */
        void together() {
            statement.requireWanted(() -> {});
            List<ChangeResult> results = expected.isEmpty() ? List.of(ChangeResult.NONE) : expected;
            ResultFolders.Completed completed = ResultFolders.Completed.changed(results, script);
            ScriptResult all = new ScriptResult(results);
            job.complete(completed.text(), () -> statement.completedTogether(all.affected(), all.reading()));
            happened = true;
        }
    }
}
