package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TypeNames;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.MappedFields;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** The columns of a table as a worker is told of them, with all that it needs to find them in files of any age and origin. */
final class SourceColumns {
    private final Map<Integer, List<String>> mappedNames = new HashMap<>();
    private final boolean byName;

    /** @param byName whether the columns of files without ids are known by the names that they have now, when none are mapped */
    private SourceColumns(@Nullable String mapping, boolean byName) {
        this.byName = byName && mapping == null;
        if (mapping != null) {
            add(NameMappingParser.fromJson(mapping).asMappedFields());
        }
    }

    static List<SourceColumn> of(ReadableTable table) {
        return of(table, table.schema().columns());
    }

    /** Of some columns, some of which the table may not have any more. */
    static List<SourceColumn> of(ReadableTable table, List<NestedField> fields) {
        SourceColumns columns = new SourceColumns(
                table.table().properties().get(TableProperties.DEFAULT_NAME_MAPPING), !hasChanged(table));
        return fields.stream().map(columns::of).toList();
    }

    private static boolean hasChanged(ReadableTable table) {
        // Schemas that no snapshot has may have been forgotten.
        return table.table().schemas().size() > 1 || table.schema().schemaId() != 0;
    }

    /**
     * What columns are in all rows of a file, by its partition. Files of Hive's tables do not have those columns, and such tables
     * have a name mapping, since their files have no ids either.
     */
    static List<SourceFile.Constant> constants(ReadableTable table, FileScanTask task) {
        if (task.spec().isUnpartitioned()
                || !table.table().properties().containsKey(TableProperties.DEFAULT_NAME_MAPPING)) {
            return List.of();
        }
        List<SourceFile.Constant> constants = new ArrayList<>();
        List<PartitionField> fields = task.spec().fields();
        for (int i = 0; i < fields.size(); i++) {
            PartitionField field = fields.get(i);
            NestedField column = table.schema().asStruct().field(field.sourceId());
            if (field.transform().isIdentity() && column != null) {
                constants.add(new SourceFile.Constant(
                        column.fieldId(),
                        ConstantText.of(column.type(), task.partition().get(i, Object.class))));
            }
        }
        return constants;
    }

    /** Of files that have ids and exactly these columns. */
    static List<SourceColumn> of(Schema schema) {
        SourceColumns columns = new SourceColumns(null, true);
        return schema.columns().stream().map(columns::of).toList();
    }

    /**
     * Whether the table's files may have other columns than the table. Names that other engines' writers cannot keep in a
     * file (all but letters, digits and underscores) are known by id alone.
     */
    static boolean evolved(ReadableTable table) {
        return hasChanged(table)
                || table.hasPartialFiles()
                || table.table().properties().containsKey(TableProperties.DEFAULT_NAME_MAPPING)
                || !TypeUtil.indexById(table.schema().asStruct()).values().stream()
                        .allMatch(field -> isPlain(field.name()));
    }

    private static boolean isPlain(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    private void add(MappedFields fields) {
        for (MappedField field : fields.fields()) {
            if (field.id() != null) {
                mappedNames.put(field.id(), List.copyOf(field.names()));
            }
            if (field.nestedMapping() != null) {
                add(field.nestedMapping());
            }
        }
    }

    private SourceColumn of(NestedField field) {
        Type type = field.type();
        List<SourceColumn> parts = type.isNestedType()
                ? type.asNestedType().fields().stream().map(this::of).toList()
                : List.of();
        return new SourceColumn(
                field.fieldId(),
                field.name(),
                TypeNames.duckdb(type),
                mappedNames.getOrDefault(field.fieldId(), byName ? List.of(field.name()) : List.of()),
                parts,
                field.initialDefault() == null ? null : ConstantText.of(type, field.initialDefault()));
    }
}
