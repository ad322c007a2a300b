package dev.tarn.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewVersion;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A view, as it was when it was read: a query with a name. What it reads is looked up, and authorised, for whoever reads it.
 *
 * @param name full name
 * @param sql the query; empty when it is in no dialect of ours
 * @param namespace where its unqualified names belong
 * @param schema its columns
 * @param sources which of the query's columns each is, by name; without any by their places
 * @param comment what was said about it
 */
public record ReadableView(
        TableName name,
        Optional<String> sql,
        List<String> namespace,
        Schema schema,
        List<String> sources,
        Optional<String> comment) {
    static final String DIALECT = "duckdb";

    /** In the summary of a version. */
    static final String SOURCES = "tarn.query-columns";

    static final String COMMENT = "comment";

    private static final JsonMapper JSON = JsonMapper.shared();

    public ReadableView {
        namespace = List.copyOf(namespace);
        sources = List.copyOf(sources);
    }

    static ReadableView of(TableName name, ViewMetadata metadata) {
        ViewVersion version = metadata.currentVersion();
        Namespace namespace = version.defaultNamespace();
        return new ReadableView(
                name,
                version.representations().stream()
                        .filter(SQLViewRepresentation.class::isInstance)
                        .map(SQLViewRepresentation.class::cast)
                        .filter(text -> text.dialect().equalsIgnoreCase(DIALECT))
                        .map(SQLViewRepresentation::sql)
                        .findFirst(),
                namespace.isEmpty() ? name.namespace() : List.of(namespace.levels()),
                metadata.schema(),
                sources(version.summary()),
                Optional.ofNullable(metadata.properties().get(COMMENT)));
    }

    private static List<String> sources(Map<String, String> summary) {
        try {
            return List.of(JSON.readValue(summary.getOrDefault(SOURCES, "[]"), String[].class));
        } catch (JacksonException e) {
            return List.of();
        }
    }

    static String text(List<String> sources) {
        return JSON.writeValueAsString(sources);
    }
}
