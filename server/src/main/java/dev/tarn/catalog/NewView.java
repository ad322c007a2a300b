package dev.tarn.catalog;

import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;

/**
 * What a view is to be.
 *
 * @param sql its query
 * @param namespace where the query's unqualified names belong
 * @param schema its columns
 * @param sources the query's own names of them
 */
public record NewView(
        String sql, List<String> namespace, Schema schema, List<String> sources, Optional<String> comment) {
    public NewView {
        namespace = List.copyOf(namespace);
        sources = List.copyOf(sources);
    }
}
