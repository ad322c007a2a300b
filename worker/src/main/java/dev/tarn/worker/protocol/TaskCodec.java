package dev.tarn.worker.protocol;

import dev.tarn.worker.protocol.Message.Loaded;
import org.jspecify.annotations.Nullable;

/** The records inside of the larger messages, field by field in the order of their declaration. */
final class TaskCodec {
    private TaskCodec() {}

    static void putQuery(FrameOutput out, Query query) {
        out.putString(query.sql());
        out.putList(query.tables(), table -> putTable(out, table));
        out.putString(query.catalog());
        out.putString(query.schema());
        out.putLong(query.memoryLimitBytes());
        out.putInt(query.threads());
    }

    static Query takeQuery(FrameInput in) throws ProtocolException {
        return new Query(
                in.takeString(),
                in.takeList(() -> takeTable(in)),
                in.takeString(),
                in.takeString(),
                in.takeLong(),
                in.takeInt());
    }

    private static void putTable(FrameOutput out, TableSource table) {
        out.putString(table.catalog());
        out.putString(table.schema());
        out.putString(table.name());
        out.putList(table.columns(), column -> {
            out.putInt(column.fieldId());
            out.putString(column.name());
            out.putString(column.type());
        });
        out.putList(table.files(), file -> {
            out.putString(file.path());
            out.putLong(file.sizeBytes());
            out.putLong(file.rows());
        });
    }

    private static TableSource takeTable(FrameInput in) throws ProtocolException {
        return new TableSource(
                in.takeString(),
                in.takeString(),
                in.takeString(),
                in.takeList(() -> new SourceColumn(in.takeInt(), in.takeString(), in.takeString())),
                in.takeList(() -> new SourceFile(in.takeString(), in.takeLong(), in.takeLong())));
    }

    static void putLoadTask(FrameOutput out, LoadTask task) {
        out.putString(task.path());
        out.putString(task.displayName());
        out.putString(task.csv().delimiter());
        out.putString(task.csv().quote());
        putOptionalBoolean(out, task.csv().header());
        out.putList(task.target(), column -> {
            out.putInt(column.fieldId());
            out.putString(column.name());
            out.putString(column.type());
            out.putBoolean(column.required());
        });
        out.putString(task.outputFolder());
        out.putString(task.filePrefix());
        out.putLong(task.targetFileBytes());
        out.putLong(task.memoryLimitBytes());
        out.putInt(task.threads());
    }

    static LoadTask takeLoadTask(FrameInput in) throws ProtocolException {
        return new LoadTask(
                in.takeString(),
                in.takeString(),
                new CsvOptions(in.takeOptionalString(), in.takeOptionalString(), takeOptionalBoolean(in)),
                in.takeList(() -> new TargetColumn(in.takeInt(), in.takeString(), in.takeString(), in.takeBoolean())),
                in.takeString(),
                in.takeString(),
                in.takeLong(),
                in.takeLong(),
                in.takeInt());
    }

    static void putLoaded(FrameOutput out, Loaded loaded) {
        out.putList(loaded.columns(), column -> {
            out.putInt(column.fieldId());
            out.putString(column.name());
            out.putString(column.type());
        });
        out.putList(loaded.files(), file -> {
            out.putString(file.path());
            out.putLong(file.rows());
            out.putLong(file.bytes());
        });
        out.putLong(loaded.rows());
        out.putInt(loaded.passes());
    }

    static Loaded takeLoaded(FrameInput in, long id) throws ProtocolException {
        return new Loaded(
                id,
                in.takeList(() -> new LoadedColumn(in.takeInt(), in.takeString(), in.takeString())),
                in.takeList(() -> new WrittenFile(in.takeString(), in.takeLong(), in.takeLong())),
                in.takeLong(),
                in.takeInt());
    }

    static void putFailure(FrameOutput out, Failure failure) {
        out.putString(failure.kind().name());
        out.putString(failure.message());
        out.putInt(failure.offset());
        out.putLong(failure.line());
        out.putString(failure.column());
        out.putString(failure.value());
    }

    static Failure takeFailure(FrameInput in) throws ProtocolException {
        return new Failure(
                takeKind(in),
                in.takeString(),
                in.takeInt(),
                in.takeLong(),
                in.takeOptionalString(),
                in.takeOptionalString());
    }

    private static Failure.Kind takeKind(FrameInput in) throws ProtocolException {
        String name = in.takeString();
        for (Failure.Kind kind : Failure.Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new ProtocolException("Unknown kind of failure: " + name);
    }

    private static void putOptionalBoolean(FrameOutput out, @Nullable Boolean value) {
        out.putByte(value == null ? -1 : value ? 1 : 0);
    }

    private static @Nullable Boolean takeOptionalBoolean(FrameInput in) throws ProtocolException {
        byte value = in.takeByte();
        return value == -1 ? null : value != 0;
    }
}
