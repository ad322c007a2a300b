package dev.tarn.engine;

import dev.tarn.catalog.Column;
import dev.tarn.catalog.TableDefinition;
import dev.tarn.catalog.TableDescription;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A table as the statement that makes one like it, without where its files are. */
final class CreateTableText {
    /** Ours, and told in other words. */
    private static final String OWN = "tarn.";

    private static final String COMMENT = "comment";

    private CreateTableText() {}

    static String of(TableDefinition definition) {
        TableDescription table = definition.table();
        StringBuilder text = new StringBuilder("CREATE TABLE " + table.name().text() + " (\n");
        text.append(table.columns().stream().map(column -> column(column, definition)).collect(Collectors.joining(",\n")));
        text.append(")\nUSING iceberg");
        if (!definition.partitioning().isEmpty()) {
            text.append("\nPARTITIONED BY (")
                    .append(String.join(", ", definition.partitioning()))
                    .append(')');
        }
        if (!definition.order().isEmpty()) {
            text.append("\nSORTED BY (")
                    .append(String.join(", ", definition.order()))
                    .append(')');
        }
        table.description()
                .filter(comment -> !comment.isEmpty())
                .ifPresent(comment -> text.append("\nCOMMENT ").append(quoted(comment)));
        Map<String, String> properties = new TreeMap<>(table.properties());
        properties.keySet().removeIf(key -> key.startsWith(OWN) || key.equals(COMMENT));
        if (!table.limited() && definition.formatVersion() != TableDefinition.USUAL_FORMAT) {
            properties.put("format-version", String.valueOf(definition.formatVersion()));
        }
        if (!properties.isEmpty()) {
            text.append(properties.entrySet().stream()
                    .map(entry -> "  " + quoted(entry.getKey()) + " = " + quoted(entry.getValue()))
                    .collect(Collectors.joining(",\n", "\nTBLPROPERTIES (\n", ")")));
        }
        return text.toString();
    }

    private static String column(Column column, TableDefinition definition) {
        String name = column.name().matches("[A-Za-z_][A-Za-z0-9_]*")
                ? column.name()
                : '"' + column.name().replace("\"", "\"\"") + '"';
        return "  " + name + " " + column.type() + (column.nullable() ? "" : " NOT NULL")
                + (definition.defaults().containsKey(column.name())
                        ? " DEFAULT " + definition.defaults().get(column.name())
                        : "")
                + column.comment().map(comment -> " COMMENT " + quoted(comment)).orElse("");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
