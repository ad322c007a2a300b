package dev.tarn.worker.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement and all that it may see.
 *
 * @param sql the caller's own text, one statement; its parameters are {@code $1}, {@code $2}, ...
 * @param parameters the value of {@code $1} first
 * @param tables the tables that the statement may name, with the files that were planned for each
 * @param catalog where names without a catalog are looked up
 * @param schema where names without a schema are looked up
 * @param owner whose statements may run one after the other in one instance, when they see exactly the same; null for a statement
 *     that has an instance to itself
 */
public record Query(
        String sql,
        List<Parameter> parameters,
        List<TableSource> tables,
        String catalog,
        String schema,
        long memoryLimitBytes,
        int threads,
        @Nullable String owner) {
    public Query(
            String sql,
            List<Parameter> parameters,
            List<TableSource> tables,
            String catalog,
            String schema,
            long memoryLimitBytes,
            int threads) {
        this(sql, parameters, tables, catalog, schema, memoryLimitBytes, threads, null);
    }

    /** The same, which may run in an instance of the owner's other statements. */
    public Query of(String owner) {
        return new Query(sql, parameters, tables, catalog, schema, memoryLimitBytes, threads, owner);
    }
}
