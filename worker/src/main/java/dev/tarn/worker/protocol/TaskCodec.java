package dev.tarn.worker.protocol;

import java.util.Optional;

/** The records inside of the larger messages, field by field in the order of their declaration. */
final class TaskCodec {
    private TaskCodec() {}

    static void putQuery(FrameOutput out, Query query) {
        out.putString(query.sql());
        out.putList(query.parameters(), parameter -> {
            out.putString(parameter.type());
            out.putString(parameter.value());
        });
        out.putList(query.tables(), table -> putTable(out, table));
        out.putString(query.catalog());
        out.putString(query.schema());
        out.putLong(query.memoryLimitBytes());
        out.putInt(query.threads());
        out.putString(query.owner());
    }

    static Query takeQuery(FrameInput in) throws ProtocolException {
        return new Query(
                in.takeString(),
                in.takeList(() -> new Parameter(in.takeString(), in.takeOptionalString())),
                in.takeList(() -> takeTable(in)),
                in.takeString(),
                in.takeString(),
                in.takeLong(),
                in.takeInt(),
                in.takeOptionalString());
    }

    static void putTable(FrameOutput out, TableSource table) {
        out.putString(table.catalog());
        out.putString(table.schema());
        out.putString(table.name());
        out.putList(table.columns(), column -> putColumn(out, column));
        out.putList(table.files(), file -> {
            out.putString(file.path());
            out.putLong(file.sizeBytes());
            out.putLong(file.rows());
            out.putBoolean(file.deletes());
            out.putList(file.constants(), constant -> {
                out.putInt(constant.fieldId());
                out.putString(constant.sql());
            });
        });
        out.putBoolean(table.evolved());
        out.putBoolean(table.visible().isPresent());
        table.visible().ifPresent(visible -> putVisibility(out, visible));
        out.putBoolean(table.deletes().isPresent());
        table.deletes().ifPresent(deletes -> putDeletes(out, deletes));
        out.putString(table.query().orElse(null));
        out.putBoolean(table.places().isPresent());
        table.places().ifPresent(places -> {
            out.putString(places.file());
            out.putString(places.row());
        });
    }

    private static void putDeletes(FrameOutput out, RowDeletes deletes) {
        out.putString(deletes.positions().orElse(null));
        out.putString(deletes.scopes().orElse(null));
        out.putList(deletes.equal(), equal -> {
            out.putList(equal.keys(), key -> putColumn(out, key));
            out.putString(equal.path());
            out.putBoolean(equal.everywhere());
        });
    }

    private static RowDeletes takeDeletes(FrameInput in) throws ProtocolException {
        return new RowDeletes(
                Optional.ofNullable(in.takeOptionalString()),
                Optional.ofNullable(in.takeOptionalString()),
                in.takeList(() ->
                        new RowDeletes.Equal(in.takeList(() -> takeColumn(in)), in.takeString(), in.takeBoolean())));
    }

    private static void putVisibility(FrameOutput out, Visibility visible) {
        out.putList(visible.parts(), part -> {
            out.putList(part.columns(), out::putString);
            out.putString(part.rows());
        });
        out.putString(visible.currentUser());
        out.putList(visible.currentRoles(), out::putString);
    }

    private static Visibility takeVisibility(FrameInput in) throws ProtocolException {
        return new Visibility(
                in.takeList(() -> new Visibility.Part(in.takeList(in::takeString), in.takeOptionalString())),
                in.takeString(),
                in.takeList(in::takeString));
    }

    private static void putColumn(FrameOutput out, SourceColumn column) {
        out.putInt(column.fieldId());
        out.putString(column.name());
        out.putString(column.type());
        out.putList(column.fileNames(), out::putString);
        out.putList(column.parts(), part -> putColumn(out, part));
        out.putString(column.missing());
    }

    private static SourceColumn takeColumn(FrameInput in) throws ProtocolException {
        return new SourceColumn(
                in.takeInt(),
                in.takeString(),
                in.takeString(),
                in.takeList(in::takeString),
                in.takeList(() -> takeColumn(in)),
                in.takeOptionalString());
    }

    static TableSource takeTable(FrameInput in) throws ProtocolException {
        return new TableSource(
                in.takeString(),
                in.takeString(),
                in.takeString(),
                in.takeList(() -> takeColumn(in)),
                in.takeList(() -> takeFile(in)),
                in.takeBoolean(),
                in.takeBoolean() ? Optional.of(takeVisibility(in)) : Optional.empty(),
                in.takeBoolean() ? Optional.of(takeDeletes(in)) : Optional.empty(),
                Optional.ofNullable(in.takeOptionalString()),
                in.takeBoolean() ? Optional.of(new RowPlaces(in.takeString(), in.takeString())) : Optional.empty());
    }

    private static SourceFile takeFile(FrameInput in) throws ProtocolException {
        return new SourceFile(
                in.takeString(),
                in.takeLong(),
                in.takeLong(),
                in.takeBoolean(),
                in.takeList(() -> new SourceFile.Constant(in.takeInt(), in.takeString())));
    }

    static void putExportTask(FrameOutput out, ExportTask task) {
        out.putString(task.format().name());
        out.putString(task.path());
        out.putLong(task.limitBytes());
    }

    static ExportTask takeExportTask(FrameInput in) throws ProtocolException {
        return new ExportTask(takeName(in, ExportTask.Format.values()), in.takeString(), in.takeLong());
    }

    static void putMaterializeTask(FrameOutput out, MaterializeTask task) {
        out.putString(task.outputFolder());
        out.putString(task.filePrefix());
        out.putLong(task.targetFileBytes());
        LoadCodec.putTarget(out, task.target());
        out.putList(task.given(), out::putString);
        LoadCodec.putArrangement(out, task.arrangement());
    }

    static MaterializeTask takeMaterializeTask(FrameInput in) throws ProtocolException {
        return new MaterializeTask(
                in.takeString(),
                in.takeString(),
                in.takeLong(),
                LoadCodec.takeTarget(in),
                in.takeList(in::takeString),
                LoadCodec.takeArrangement(in));
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
                takeName(in, Failure.Kind.values()),
                in.takeString(),
                in.takeInt(),
                in.takeLong(),
                in.takeOptionalString(),
                in.takeOptionalString());
    }

    /** One of the constants, sent as its name. */
    static <E extends Enum<E>> E takeName(FrameInput in, E[] constants) throws ProtocolException {
        String name = in.takeString();
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new ProtocolException("Unknown name: " + name);
    }
}
