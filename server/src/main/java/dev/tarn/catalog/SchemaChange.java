package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StructType;
import org.jspecify.annotations.Nullable;

/** What an append makes of a table's columns: new ones are added when that is wanted, and types become wider by Iceberg's rules. */
final class SchemaChange {
    private final TableName table;
    private final boolean newColumns;
    private final List<Consumer<UpdateSchema>> steps = new ArrayList<>();

    private SchemaChange(TableName table, boolean newColumns) {
        this.table = table;
        this.newColumns = newColumns;
    }

    /**
     * What the files' columns, which are known by name, make of the table as it is now.
     *
     * @param begun the table as the write knows it
     * @throws TarnException {@code CONFLICT} when somebody changed the columns meanwhile, so that the files do not fit
     */
    static SchemaChange of(
            TableName table, TableMetadata now, TableMetadata begun, Schema written, boolean newColumns) {
        SchemaChange change = new SchemaChange(table, newColumns);
        for (NestedField column : written.columns()) {
            boolean gone = begun.schema().asStruct().field(column.name()) != null
                    && now.schema().asStruct().field(column.name()) == null;
            if (gone) {
                throw change.conflict(column.name());
            }
        }
        change.fields(null, written.asStruct(), now.schema().asStruct());
        return change;
    }

    /** Returns when files with the columns that the write knows fit the table as it is now. */
    static void requireFit(TableName table, TableMetadata now, TableMetadata begun, Schema written) {
        if (!of(table, now, begun, written, false).isNone()) {
            throw new IllegalStateException("The files of a write into a table's own columns would widen them");
        }
    }

    boolean isNone() {
        return steps.isEmpty();
    }

    UpdateSchema onto(UpdateSchema update) {
        steps.forEach(step -> step.accept(update));
        return update;
    }

    private void fields(@Nullable String parent, StructType written, StructType own) {
        for (NestedField field : written.fields()) {
            NestedField known = own.field(field.name());
            String name = parent == null ? field.name() : parent + "." + field.name();
            if (known != null) {
                type(name, field.type(), known.type());
            } else if (newColumns) {
                steps.add(update -> update.addColumn(parent, field.name(), field.type()));
            } else {
                throw conflict(name);
            }
        }
    }

    private void type(String name, Type written, Type own) {
        if (written.equals(own)) {
            return;
        }
        if (written.isPrimitiveType() && own.isPrimitiveType()) {
            if (TypeUtil.isPromotionAllowed(own, written.asPrimitiveType())) {
                steps.add(update -> update.updateColumn(name, written.asPrimitiveType()));
            } else if (!TypeUtil.isPromotionAllowed(written, own.asPrimitiveType())) {
                throw conflict(name);
            }
        } else if (written.isStructType() && own.isStructType()) {
            fields(name, written.asStructType(), own.asStructType());
        } else if (written.isListType() && own.isListType()) {
            type(
                    name + ".element",
                    written.asListType().elementType(),
                    own.asListType().elementType());
        } else if (written.isMapType() && own.isMapType()) {
            type(name + ".key", written.asMapType().keyType(), own.asMapType().keyType());
            type(
                    name + ".value",
                    written.asMapType().valueType(),
                    own.asMapType().valueType());
        } else {
            throw conflict(name);
        }
    }

    private TarnException conflict(String column) {
        return new TarnException(
                ErrorCode.CONFLICT,
                "The column %s of table %s changed during the write; nothing was written, try again"
                        .formatted(TableName.quotedWhereNeeded(column), table.text()));
    }
}
