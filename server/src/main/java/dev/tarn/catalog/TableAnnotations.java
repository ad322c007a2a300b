package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people say about a table: its description is the property {@code comment}, which other engines know too, its tags are
 * a JSON list in {@code tarn.tags}, and a column's description is the column's doc.
 */
final class TableAnnotations {
    static final String DESCRIPTION = "comment";
    static final String TAGS = "tarn.tags";

    private static final int LONGEST_TEXT = 10_000;
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_TAG = 100;
    private static final MetricsReporter SILENT = report -> {};
    private static final JsonMapper JSON = JsonMapper.shared();

    private final CatalogParts parts;
    private final Caller caller;
    private final TableName name;

    TableAnnotations(CatalogParts parts, Caller caller, TableName name) {
        this.parts = parts;
        this.caller = caller;
        this.name = name;
    }

    static List<String> tags(Map<String, String> properties) {
        String text = properties.get(TAGS);
        if (text == null) {
            return List.of();
        }
        try {
            return JSON.readValue(text, new TypeReference<List<String>>() {});
        } catch (JacksonException e) {
            // Another engine wrote something else there; that is no reason to hide the table.
            return List.of();
        }
    }

    /** Makes the edits in one commit, beside whatever others commit meanwhile. */
    TableMetadata apply(TableMetadata begun, TableEdits edits) {
        check(edits);
        return new MetadataEdit(parts, caller, name, Verb.ALTER, facts(edits))
                .apply(begun, (now, operations) -> edited(now, operations, edits));
    }

    private TableMetadata edited(TableMetadata now, TarnTableOperations operations, TableEdits edits) {
        TableMetadata edited = now.replaceProperties(properties(now.properties(), edits));
        if (edits.columns().isEmpty()) {
            return edited;
        }
        UpdateSchema update = new BaseTable(operations, name.text(), SILENT).updateSchema();
        edits.columns().forEach((column, text) -> update.updateColumnDoc(known(now, column), emptyIsNone(text)));
        return edited.updateSchema(update.apply());
    }

    private static Map<String, String> properties(Map<String, String> now, TableEdits edits) {
        Map<String, String> properties = new HashMap<>(now);
        edits.description().ifPresent(text -> set(properties, DESCRIPTION, emptyIsNone(text)));
        edits.tags().ifPresent(tags -> set(properties, TAGS, tags.isEmpty() ? null : JSON.writeValueAsString(tags)));
        return properties;
    }

    private static void set(Map<String, String> properties, String key, @Nullable String value) {
        if (value == null) {
            properties.remove(key);
        } else {
            properties.put(key, value);
        }
    }

    private static @Nullable String emptyIsNone(String text) {
        return text.isBlank() ? null : text;
    }

    private String known(TableMetadata now, String column) {
        if (now.schema().asStruct().field(column) == null) {
            throw unknownColumn(name, column);
        }
        return column;
    }

    static TarnException unknownColumn(TableName name, String column) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The table %s has no column %s; names are written exactly as the table has them"
                        .formatted(name.text(), TableName.quotedWhereNeeded(column)));
    }

    private static Map<String, Object> facts(TableEdits edits) {
        Map<String, Object> facts = new TreeMap<>();
        edits.description().ifPresent(text -> facts.put("description", text));
        edits.tags().ifPresent(tags -> facts.put("tags", tags));
        if (!edits.columns().isEmpty()) {
            facts.put("columns", edits.columns());
        }
        return facts;
    }

    private static void check(TableEdits edits) {
        edits.description().ifPresent(TableAnnotations::checkText);
        edits.columns().values().forEach(TableAnnotations::checkText);
        edits.tags().ifPresent(tags -> {
            boolean wrong = tags.stream().anyMatch(tag -> tag.isBlank() || tag.length() > LONGEST_TAG);
            if (wrong || tags.size() > MOST_TAGS || tags.stream().distinct().count() < tags.size()) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "A table has at most %d tags, each once, of 1 to %d characters"
                                .formatted(MOST_TAGS, LONGEST_TAG));
            }
        });
    }

    private static void checkText(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A description has at most %d characters, and this one has %d"
                            .formatted(LONGEST_TEXT, text.length()));
        }
    }
}
