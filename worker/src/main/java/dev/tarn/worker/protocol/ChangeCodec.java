package dev.tarn.worker.protocol;

import dev.tarn.worker.protocol.ChangeTask.Assigned;
import dev.tarn.worker.protocol.ChangeTask.Clause;
import dev.tarn.worker.protocol.ChangeTask.Effect;
import dev.tarn.worker.protocol.ChangeTask.FileLineage;
import java.util.List;

/** What is said of changed rows, field by field in the order of its declaration. */
final class ChangeCodec {
    private ChangeCodec() {}

    static void putTask(FrameOutput out, ChangeTask task) {
        out.putInt(task.table());
        TaskCodec.putMaterializeTask(out, task.output());
        out.putBoolean(task.rewrites());
        out.putBoolean(task.unique());
        out.putList(task.clauses(), clause -> {
            out.putString(clause.effect().name());
            out.putList(clause.assigned(), assigned -> {
                out.putList(assigned.path(), out::putString);
                out.putInt(assigned.value());
            });
        });
        putLineage(out, task.lineage());
    }

    private static void putLineage(FrameOutput out, List<FileLineage> lineage) {
        out.putList(lineage, file -> {
            out.putLong(file.firstRowId());
            out.putLong(file.sequence());
        });
    }

    private static List<FileLineage> takeLineage(FrameInput in) throws ProtocolException {
        return in.takeList(() -> new FileLineage(in.takeLong(), in.takeLong()));
    }

    static void putRewrite(FrameOutput out, RewriteTask task) {
        TaskCodec.putTable(out, task.table());
        TaskCodec.putMaterializeTask(out, task.output());
        putLineage(out, task.lineage());
        out.putLong(task.memoryLimitBytes());
        out.putInt(task.threads());
    }

    static RewriteTask takeRewrite(FrameInput in) throws ProtocolException {
        return new RewriteTask(
                TaskCodec.takeTable(in),
                TaskCodec.takeMaterializeTask(in),
                takeLineage(in),
                in.takeLong(),
                in.takeInt());
    }

    static ChangeTask takeTask(FrameInput in) throws ProtocolException {
        return new ChangeTask(
                in.takeInt(),
                TaskCodec.takeMaterializeTask(in),
                in.takeBoolean(),
                in.takeBoolean(),
                in.takeList(() -> new Clause(
                        TaskCodec.takeName(in, Effect.values()),
                        in.takeList(() -> new Assigned(in.takeList(in::takeString), in.takeInt())))),
                takeLineage(in));
    }

    static void putChanged(FrameOutput out, Message.Changed changed) {
        LoadCodec.putFiles(out, changed.files());
        out.putList(changed.touched(), file -> {
            out.putInt(file.number());
            out.putLong(file.rows());
        });
        out.putLong(changed.rows());
        out.putLong(changed.bytesScanned());
    }

    static Message.Changed takeChanged(FrameInput in, long id) throws ProtocolException {
        return new Message.Changed(
                id,
                LoadCodec.takeFiles(in),
                in.takeList(() -> new TouchedFile(in.takeInt(), in.takeLong())),
                in.takeLong(),
                in.takeLong());
    }
}
