package dev.tarn.worker.protocol;

import java.util.List;

/**
 * One statement and all that it may see.
 *
 * @param sql the caller's own text, one statement
 * @param tables the tables that the statement may name, with the files that were planned for each
 * @param catalog where names without a catalog are looked up
 * @param schema where names without a schema are looked up
 */
public record Query(
        String sql, List<TableSource> tables, String catalog, String schema, long memoryLimitBytes, int threads) {}
