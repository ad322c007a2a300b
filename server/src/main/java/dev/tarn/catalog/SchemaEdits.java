package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.metrics.MetricsReporter;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** Makes changes of a table's columns, all or none. Values stay what they were: columns are known by their ids. */
final class SchemaEdits implements MetadataEdit.Change {
    private static final MetricsReporter SILENT = report -> {};

    private final TableName name;
    private final List<SchemaEdit> edits;

    SchemaEdits(TableName name, List<SchemaEdit> edits) {
        this.name = name;
        this.edits = edits;
    }

    @Override
    public TableMetadata of(TableMetadata now, TarnTableOperations operations) {
        requireDefaults(now);
        try {
            UpdateSchema update = new BaseTable(operations, name.text(), SILENT).updateSchema();
            edits.forEach(edit -> apply(update, now.schema(), edit));
            return now.updateSchema(update.apply());
        } catch (IllegalArgumentException | IllegalStateException | ValidationException e) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The columns of %s cannot be changed so: %s".formatted(name.text(), e.getMessage()),
                    e);
        }
    }

    private void apply(UpdateSchema update, Schema schema, SchemaEdit edit) {
        switch (edit) {
            case SchemaEdit.Add add -> add(update, schema, add);
            case SchemaEdit.Drop drop -> update.deleteColumn(known(schema, drop.column()));
            case SchemaEdit.Rename rename -> {
                NestedField field = schema.findField(known(schema, rename.column()));
                if (!field.name().equalsIgnoreCase(rename.name())) {
                    requireNew(schema, sibling(rename));
                }
                update.renameColumn(known(schema, rename.column()), rename.name());
            }
            case SchemaEdit.Widen widen -> widen(update, schema, widen);
            case SchemaEdit.Relax relax -> update.makeColumnOptional(known(schema, relax.column()));
            case SchemaEdit.Move move -> move(update, schema, move);
            case SchemaEdit.Require require -> update.requireColumn(known(schema, require.column()));
            case SchemaEdit.Comment comment ->
                update.updateColumnDoc(
                        known(schema, comment.column()), comment.text().isBlank() ? null : comment.text());
            case SchemaEdit.Default change -> {
                String column = known(schema, change.column());
                update.updateColumnDefault(
                        column,
                        change.missing()
                                .map(missing -> missing.of(schema.findType(column)))
                                .orElse(null));
            }
        }
    }

    /** Older formats have no place for defaults. */
    private void requireDefaults(TableMetadata now) {
        boolean wanted = edits.stream().anyMatch(edit -> switch (edit) {
            case SchemaEdit.Default _ -> true;
            case SchemaEdit.Add add -> add.missing().isPresent();
            default -> false;
        });
        if (wanted && now.formatVersion() < NewTable.FORMAT_OF_DEFAULTS) {
            throw NewTable.noDefaults(now.formatVersion());
        }
    }

    private void add(UpdateSchema update, Schema schema, SchemaEdit.Add add) {
        requireNew(schema, add.column());
        int dot = add.column().lastIndexOf('.');
        String doc = add.comment().orElse(null);
        Type type = type(add.type());
        Literal<?> missing = add.missing().map(value -> value.of(type)).orElse(null);
        String parent = dot < 0 ? null : known(schema, add.column().substring(0, dot));
        String column = add.column().substring(dot + 1);
        if (add.required()) {
            update.addRequiredColumn(parent, column, type, doc, missing);
        } else {
            update.addColumn(parent, column, type, doc, missing);
        }
    }

    private void widen(UpdateSchema update, Schema schema, SchemaEdit.Widen widen) {
        Type type = type(widen.type());
        if (!type.isPrimitiveType()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A column becomes %s by changing its parts, each by its name".formatted(TypeNames.of(type)));
        }
        update.updateColumn(known(schema, widen.column()), type.asPrimitiveType());
    }

    private void move(UpdateSchema update, Schema schema, SchemaEdit.Move move) {
        // A column that was added by the same statement is not in the schema yet.
        NestedField column = schema.caseInsensitiveFindField(move.column());
        String moved = column == null ? move.column() : known(schema, move.column());
        if (move.after().isPresent()) {
            update.moveAfter(moved, known(schema, move.after().get()));
        } else {
            update.moveFirst(moved);
        }
    }

    private static String sibling(SchemaEdit.Rename rename) {
        int dot = rename.column().lastIndexOf('.');
        return dot < 0 ? rename.name() : rename.column().substring(0, dot + 1) + rename.name();
    }

    /** Names of two columns differ in more than case, or no statement could tell them apart. */
    private void requireNew(Schema schema, String column) {
        boolean taken = schema.columns().stream()
                .anyMatch(own -> own.name().toLowerCase(Locale.ROOT).equals(column.toLowerCase(Locale.ROOT)));
        if (taken || schema.findField(column) != null) {
            throw new TarnException(
                    ErrorCode.ALREADY_EXISTS,
                    "The table %s has a column %s already".formatted(name.text(), TableName.quotedWhereNeeded(column)));
        }
    }

    /** The column in the case that the table has; exactly, or the only one that differs in case. */
    private String known(Schema schema, String column) {
        if (schema.findField(column) != null) {
            return column;
        }
        List<NestedField> alike = schema.columns().stream()
                .filter(own -> own.name().equalsIgnoreCase(column))
                .toList();
        if (alike.size() != 1) {
            throw TableAnnotations.unknownColumn(name, column);
        }
        return alike.getFirst().name();
    }

    private static Type type(String text) {
        return TypeNames.parse(text, new AtomicInteger(1_000_000)::incrementAndGet);
    }
}
