package dev.tarn.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a caller's text asks for. Offsets point into that text. */
sealed interface Statement {

    /** What holds a query. */
    sealed interface OfQuery extends Statement {
        Query query();
    }

    /**
     * A SELECT, VALUES, FROM or WITH.
     *
     * @param sql the whole text of it, as the engine reads it
     * @param versions what it says, in other words than the engine's, of the versions that it reads
     */
    record Query(String sql, int offset, List<VersionClause> versions) implements OfQuery {
        Query(String sql, int offset) {
            this(sql, offset, List.of());
        }

        @Override
        public Query query() {
            return this;
        }
    }

    /** The plan of a query, as text. */
    record Explain(Query query) implements OfQuery {}

    /** The columns that a query answers. */
    record DescribeQuery(Query query) implements OfQuery {}

    /** The columns of a table: DESCRIBE and SHOW COLUMNS. */
    record DescribeTable(String table, int offset) implements Statement {}

    /** The statement that makes a table or view like this one. */
    record ShowCreateTable(String table) implements Statement {}

    /** The properties of a table. */
    record ShowProperties(String table) implements Statement {}

    /** The functions that statements may call. */
    record ShowFunctions(@Nullable String pattern) implements Statement {}

    /**
     * The tables and views of a namespace, the default one when absent.
     *
     * @param pattern as in LIKE
     * @param viewsAlone no tables
     */
    record ShowTables(@Nullable String namespace, @Nullable String pattern, boolean viewsAlone) implements Statement {}

    /** The tables that can be brought back. */
    record ShowDroppedTables() implements Statement {}

    /** SHOW SCHEMAS, DATABASES or NAMESPACES. */
    record ShowNamespaces(@Nullable String pattern) implements Statement {}

    /**
     * One that writes.
     *
     * @param source the query that its rows come from
     * @param clauses what it says of rows that are there
     */
    record Changing(Change change, Optional<Query> source, Optional<RowClauses> clauses) implements Statement {
        Changing(Change change, Optional<Query> source) {
            this(change, source, Optional.empty());
        }
    }
}
