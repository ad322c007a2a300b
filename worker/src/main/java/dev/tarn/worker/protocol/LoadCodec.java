package dev.tarn.worker.protocol;

import dev.tarn.worker.protocol.Message.Loaded;
import dev.tarn.worker.protocol.Preview.PreviewColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of loads, field by field in the order of their declaration. */
final class LoadCodec {
    private LoadCodec() {}

    static void putLoadTask(FrameOutput out, LoadTask task) {
        out.putList(task.files(), file -> {
            out.putString(file.path());
            out.putString(file.displayName());
        });
        putOptions(out, task.options());
        out.putList(task.given(), column -> {
            out.putString(column.source());
            out.putString(column.name());
            out.putString(column.type());
        });
        putTarget(out, task.target());
        out.putBoolean(task.newColumns());
        out.putString(task.rejects().file());
        out.putString(task.outputFolder());
        out.putString(task.filePrefix());
        out.putLong(task.targetFileBytes());
        putArrangement(out, task.arrangement());
        out.putLong(task.memoryLimitBytes());
        out.putInt(task.threads());
    }

    static LoadTask takeLoadTask(FrameInput in) throws ProtocolException {
        return new LoadTask(
                in.takeList(() -> new InputFile(in.takeString(), in.takeString())),
                takeOptions(in),
                in.takeList(() -> new GivenColumn(in.takeString(), in.takeString(), in.takeOptionalString())),
                takeTarget(in),
                in.takeBoolean(),
                new RejectPolicy(in.takeOptionalString()),
                in.takeString(),
                in.takeString(),
                in.takeLong(),
                takeArrangement(in),
                in.takeLong(),
                in.takeInt());
    }

    static void putArrangement(FrameOutput out, Arrangement arrangement) {
        putKeys(out, arrangement.partition());
        putKeys(out, arrangement.order());
        putKeys(out, arrangement.near());
    }

    private static void putKeys(FrameOutput out, List<Arrangement.Key> keys) {
        out.putList(keys, key -> {
            out.putList(key.column(), out::putString);
            out.putString(key.transform());
            out.putBoolean(key.descending());
            out.putBoolean(key.nullsFirst());
        });
    }

    static Arrangement takeArrangement(FrameInput in) throws ProtocolException {
        return new Arrangement(takeKeys(in), takeKeys(in), takeKeys(in));
    }

    private static List<Arrangement.Key> takeKeys(FrameInput in) throws ProtocolException {
        return in.takeList(() ->
                new Arrangement.Key(in.takeList(in::takeString), in.takeString(), in.takeBoolean(), in.takeBoolean()));
    }

    static void putPreview(FrameOutput out, Preview preview) {
        putOptions(out, preview.options());
        out.putList(preview.files(), out::putString);
        out.putList(preview.columns(), column -> {
            out.putString(column.source());
            out.putString(column.name());
            out.putString(column.type());
        });
        out.putList(preview.rows(), row -> out.putList(row, out::putString));
        out.putList(preview.warnings(), out::putString);
    }

    static Preview takePreview(FrameInput in) throws ProtocolException {
        return new Preview(
                takeOptions(in),
                in.takeList(in::takeString),
                in.takeList(() -> new PreviewColumn(in.takeString(), in.takeString(), in.takeString())),
                in.takeList(() -> takeRow(in)),
                in.takeList(in::takeString));
    }

    /** Unlike other lists, a row has elements that are null. */
    private static List<@Nullable String> takeRow(FrameInput in) throws ProtocolException {
        int cells = in.takeInt();
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            row.add(in.takeOptionalString());
        }
        return Collections.unmodifiableList(row);
    }

    static void putLoaded(FrameOutput out, Loaded loaded) {
        putColumns(out, loaded.columns());
        putFiles(out, loaded.files());
        out.putLong(loaded.rows());
        out.putLong(loaded.rejected());
        out.putInt(loaded.passes());
        putOptions(out, loaded.options());
        out.putList(loaded.warnings(), out::putString);
    }

    static Loaded takeLoaded(FrameInput in, long id) throws ProtocolException {
        return new Loaded(
                id,
                takeColumns(in),
                takeFiles(in),
                in.takeLong(),
                in.takeLong(),
                in.takeInt(),
                takeOptions(in),
                in.takeList(in::takeString));
    }

    static void putTarget(FrameOutput out, List<TargetColumn> target) {
        out.putList(target, column -> {
            out.putInt(column.fieldId());
            out.putString(column.name());
            out.putString(column.type());
            out.putBoolean(column.required());
            out.putBoolean(column.hidden());
            out.putString(column.missing());
        });
    }

    static List<TargetColumn> takeTarget(FrameInput in) throws ProtocolException {
        return in.takeList(() -> new TargetColumn(
                in.takeInt(),
                in.takeString(),
                in.takeString(),
                in.takeBoolean(),
                in.takeBoolean(),
                in.takeOptionalString()));
    }

    static void putColumns(FrameOutput out, List<LoadedColumn> columns) {
        out.putList(columns, column -> {
            out.putInt(column.fieldId());
            out.putString(column.name());
            out.putString(column.type());
        });
    }

    static List<LoadedColumn> takeColumns(FrameInput in) throws ProtocolException {
        return in.takeList(() -> new LoadedColumn(in.takeInt(), in.takeString(), in.takeString()));
    }

    static void putFiles(FrameOutput out, List<WrittenFile> files) {
        out.putList(files, file -> {
            out.putString(file.path());
            out.putLong(file.rows());
            out.putLong(file.bytes());
            out.putList(file.partition(), out::putString);
        });
    }

    static List<WrittenFile> takeFiles(FrameInput in) throws ProtocolException {
        return in.takeList(() -> new WrittenFile(in.takeString(), in.takeLong(), in.takeLong(), takeRow(in)));
    }

    private static void putOptions(FrameOutput out, FileOptions options) {
        out.putString(name(options.format()));
        out.putString(options.encoding());
        out.putString(options.delimiter());
        out.putString(options.quote());
        out.putString(options.escape());
        out.putString(options.comment());
        putOptionalBoolean(out, options.header());
        out.putBoolean(options.skipLines() != null);
        out.putInt(options.skipLines() == null ? 0 : options.skipLines());
        out.putString(options.decimal());
        out.putString(options.thousands());
        out.putString(name(options.dateOrder()));
        out.putBoolean(options.nullWords() != null);
        out.putList(options.nullWords() == null ? List.of() : options.nullWords(), out::putString);
        out.putString(options.sheet());
        out.putString(options.range());
    }

    private static FileOptions takeOptions(FrameInput in) throws ProtocolException {
        return new FileOptions(
                takeOptionalName(in, FileOptions.Format.values()),
                in.takeOptionalString(),
                in.takeOptionalString(),
                in.takeOptionalString(),
                in.takeOptionalString(),
                in.takeOptionalString(),
                takeOptionalBoolean(in),
                takeOptionalInt(in),
                in.takeOptionalString(),
                in.takeOptionalString(),
                takeOptionalName(in, FileOptions.DateOrder.values()),
                takeOptionalList(in),
                in.takeOptionalString(),
                in.takeOptionalString());
    }

    private static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }

    private static <E extends Enum<E>> @Nullable E takeOptionalName(FrameInput in, E[] constants)
            throws ProtocolException {
        String name = in.takeOptionalString();
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        if (name != null) {
            throw new ProtocolException("Unknown name: " + name);
        }
        return null;
    }

    private static @Nullable Integer takeOptionalInt(FrameInput in) throws ProtocolException {
        boolean present = in.takeBoolean();
        int value = in.takeInt();
        return present ? value : null;
    }

    private static @Nullable List<String> takeOptionalList(FrameInput in) throws ProtocolException {
        boolean present = in.takeBoolean();
        List<String> values = in.takeList(in::takeString);
        return present ? values : null;
    }

    private static void putOptionalBoolean(FrameOutput out, @Nullable Boolean value) {
        out.putByte(value == null ? -1 : value ? 1 : 0);
    }

    private static @Nullable Boolean takeOptionalBoolean(FrameInput in) throws ProtocolException {
        byte value = in.takeByte();
        return value == -1 ? null : value != 0;
    }
}
