package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TypeNames;
import dev.tarn.worker.protocol.SourceColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.MappedFields;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** The columns of a table as a worker is told of them, with all that it needs to find them in files of any age and origin. */
final class SourceColumns {
    private final Map<Integer, List<String>> mappedNames = new HashMap<>();

    private SourceColumns(ReadableTable table) {
        String mapping = table.table().properties().get(TableProperties.DEFAULT_NAME_MAPPING);
        if (mapping != null) {
            add(NameMappingParser.fromJson(mapping).asMappedFields());
        }
    }

    static List<SourceColumn> of(ReadableTable table) {
        SourceColumns columns = new SourceColumns(table);
        return table.schema().columns().stream().map(columns::of).toList();
    }

    /**
     * Whether the table's files may have other columns than the table. Names that other engines' writers cannot keep in a
     * file (all but letters, digits and underscores) are known by id alone.
     */
    static boolean evolved(ReadableTable table) {
        return table.table().schemas().size() > 1
                || table.hasPartialFiles()
                || table.table().properties().containsKey(TableProperties.DEFAULT_NAME_MAPPING)
                || !table.schema().columns().stream().allMatch(column -> isPlain(column.name()));
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
                mappedNames.getOrDefault(field.fieldId(), List.of(field.name())),
                parts);
    }
}
