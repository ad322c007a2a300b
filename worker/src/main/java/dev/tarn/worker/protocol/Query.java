package dev.tarn.worker.protocol;

import java.util.List;

/**
 * One statement and all that it may see.
 *
 * @param sql the caller's own text, one statement; its parameters are {@code $1}, {@code $2}, ...
 * @param parameters the value of {@code $1} first
 * @param tables the tables that the statement may name, with the files that were planned for each
 * @param catalog where names without a catalog are looked up
 * @param schema where names without a schema are looked up
 */
public record Query(
        String sql,
        List<Parameter> parameters,
        List<TableSource> tables,
        String catalog,
        String schema,
        long memoryLimitBytes,
        int threads) {}
