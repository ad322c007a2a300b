package dev.tarn.worker;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.LoadRun;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.statement.ChangeRun;
import dev.tarn.worker.statement.ExportRun;
import dev.tarn.worker.statement.HiddenValues;
import dev.tarn.worker.statement.Instances;
import dev.tarn.worker.statement.MaterializeRun;
import dev.tarn.worker.statement.Planner;
import dev.tarn.worker.statement.Replies;
import dev.tarn.worker.statement.RewriteRun;
import dev.tarn.worker.statement.StatementRun;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/** Runs tasks one after the other and makes sure that each ends with exactly one last reply. */
final class TaskRunner {
    private static final long WARM_UP_BYTES = 64L << 20;

    private final Replies replies;
    private final ScheduledExecutorService clock;
    private final Path scratch;
    private final Planner planner;
    private final BufferAllocator allocator;
    private final Instances instances;

    TaskRunner(
            Replies replies, ScheduledExecutorService clock, Path scratch, Planner planner, BufferAllocator allocator) {
        this.replies = replies;
        this.clock = clock;
        this.scratch = scratch;
        this.planner = planner;
        this.allocator = allocator;
        this.instances = new Instances(scratch);
    }

    /** Loads Arrow and the rest of what a first statement needs, while none waits for it. */
    void warmUp() throws TaskFailedException, SQLException, IOException {
        Query query = new Query("SELECT 1", List.of(), List.of(), "warm", "up", WARM_UP_BYTES, 1);
        new StatementRun(0, query, reply -> {}, new Cancellation()).run(planner, allocator, instances);
    }

    void run(Session.Task task) throws IOException {
        Message.End end = lastReply(task);
        replies.send(
                end instanceof Message.Failed failed
                        ? new Message.Failed(failed.id(), HiddenValues.removed(failed.failure(), task.request()))
                        : end);
    }

    private Message.End lastReply(Session.Task task) {
        long id = task.request().id();
        try {
            task.cancellation().check();
            return perform(task);
        } catch (TaskFailedException e) {
            return new Message.Failed(id, e.failure());
        } catch (SQLException e) {
            Cancellation cancellation = task.cancellation();
            return new Message.Failed(id, cancellation.isRequested() ? Cancellation.failure() : Failures.of(e));
        } catch (IOException e) {
            return new Message.Failed(id, Failures.ofFile(e));
        } catch (OutOfMemoryError | OutOfMemoryException e) {
            return new Message.Failed(id, Failures.outOfMemory());
        } catch (StackOverflowError e) {
            return new Message.Failed(id, Failure.of(Kind.BINDING, "The statement is nested too deeply"));
        } catch (RuntimeException e) {
            return new Message.Failed(
                    id,
                    Failure.of(Kind.INTERNAL, "A worker failed: " + e.getClass().getSimpleName()));
        }
    }

    private Message.End perform(Session.Task task) throws TaskFailedException, SQLException, IOException {
        return switch (task.request()) {
            case Message.Parse parse -> new Message.Parsed(parse.id(), planner.parse(parse.sql()));
            case Message.Run run -> {
                StatementRun statement = new StatementRun(run.id(), run.query(), replies, task.cancellation());
                try (ProgressBeat _ = new ProgressBeat(clock, statement::progress, replies)) {
                    yield statement.run(planner, allocator, instances);
                }
            }
            case Message.Export export -> {
                ExportRun exporting = new ExportRun(export.id(), export.query(), export.task(), task.cancellation());
                try (ProgressBeat _ = new ProgressBeat(clock, exporting::progress, replies)) {
                    yield exporting.run(planner, allocator, scratch);
                }
            }
            case Message.Materialize materialize -> {
                MaterializeRun materializing = new MaterializeRun(
                        materialize.id(), materialize.query(), materialize.task(), task.cancellation());
                try (ProgressBeat _ = new ProgressBeat(clock, materializing::progress, replies)) {
                    yield materializing.run(planner, scratch);
                }
            }
            case Message.Change change -> {
                ChangeRun changing = new ChangeRun(change.id(), change.query(), change.task(), task.cancellation());
                try (ProgressBeat _ = new ProgressBeat(clock, changing::progress, replies)) {
                    yield changing.run(planner, scratch);
                }
            }
            case Message.Rewrite rewrite -> {
                RewriteRun rewriting = new RewriteRun(rewrite.id(), rewrite.task(), task.cancellation());
                try (ProgressBeat _ = new ProgressBeat(clock, rewriting::progress, replies)) {
                    yield rewriting.run(planner, scratch);
                }
            }
            case Message.PreviewFiles preview ->
                new LoadRun(preview.id(), preview.task(), task.cancellation())
                        .preview(preview.rows(), allocator, scratch);
            case Message.Load load -> {
                LoadRun loading = new LoadRun(load.id(), load.task(), task.cancellation());
                try (ProgressBeat _ = new ProgressBeat(clock, loading::progress, replies)) {
                    yield loading.run(allocator, scratch);
                }
            }
        };
    }
}
