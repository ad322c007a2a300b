package dev.tarn.engine;

import dev.tarn.catalog.Column;
import dev.tarn.catalog.ReadableView;
import dev.tarn.catalog.TableDefinition;
import dev.tarn.catalog.TableDescription;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A table or view as the statement that makes one like it, without where its files are. */
final class CreateTableText {
    /** Ours, and told in other words. */
    private static final String OWN = "tarn.";

    private static final String COMMENT = "comment";

    private CreateTableText() {}

    static String of(TableDefinition definition) {
        TableDescription table = definition.table();
        StringBuilder text = new StringBuilder("CREATE TABLE " + table.name().text() + " (\n");
        text.append(table.columns().stream()
                .map(column -> column(column, definition))
                .collect(Collectors.joining(",\n")));
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
        return "  " + name(column.name()) + " " + column.type() + (column.nullable() ? "" : " NOT NULL")
                + (definition.defaults().containsKey(column.name())
                        ? " DEFAULT " + definition.defaults().get(column.name())
                        : "")
                + comment(column.comment());
    }

    static String of(ReadableView view) {
        return "CREATE VIEW " + view.name().text()
                + view.schema().columns().stream()
                        .map(column -> "  " + name(column.name()) + comment(Optional.ofNullable(column.doc())))
                        .collect(Collectors.joining(",\n", " (\n", ")"))
                + (view.comment().isEmpty()
                        ? ""
                        : "\n" + comment(view.comment()).strip())
                + "\nAS " + view.sql().orElse("");
    }

    private static String name(String column) {
        return column.matches("[A-Za-z_][A-Za-z0-9_]*") ? column : '"' + column.replace("\"", "\"\"") + '"';
    }

    private static String comment(Optional<String> text) {
        return text.map(said -> " COMMENT " + quoted(said)).orElse("");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
