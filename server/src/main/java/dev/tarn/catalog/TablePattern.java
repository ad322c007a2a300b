package dev.tarn.catalog;

import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;

/**
 * What a table has that another is to be like.
 *
 * @param properties those that a new table may have, the version of its format among them
 */
public record TablePattern(Schema schema, TableShape shape, Map<String, String> properties) {
    public TablePattern {
        properties = Map.copyOf(properties);
    }

    static TablePattern of(TableMetadata metadata) {
        Map<String, String> properties = new TreeMap<>(metadata.properties());
        properties.keySet().removeIf(key -> !PropertyRules.isAllowed(key));
        // Of files that another engine wrote, which the new table has none of.
        properties.remove(TableProperties.DEFAULT_NAME_MAPPING);
        properties.put(TableProperties.FORMAT_VERSION, String.valueOf(metadata.formatVersion()));
        return new TablePattern(metadata.schema(), TableShape.of(metadata), properties);
    }
}
