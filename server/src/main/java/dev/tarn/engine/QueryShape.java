package dev.tarn.engine;

import dev.tarn.engine.QuerySources.TableRead;
import dev.tarn.engine.RowCondition.Column;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A query as far as it decides which rows of its tables are wanted: what it answers, from where, and under which conditions. */
sealed interface QueryShape {
    /** What stands for the rows of a query itself, whose columns are numbered. */
    Object ANSWER = new Object();

    /** What it answers, in order; null when that is not known. */
    @Nullable
    List<Output> outputs();

    /** Queries inside of it whose rows are wanted whatever is wanted of its own. */
    List<QueryShape> inside();

    /**
     * A column of an answer.
     *
     * @param name in lower case; null for an expression, whose name is the engine's business
     * @param type when it is a column of a table that was passed on as it is
     * @param column that column, in the FROM of the query
     */
    record Output(@Nullable String name, @Nullable Type type, Optional<Column> column) {
        static final Output NONE = new Output(null, null, Optional.empty());

        Output named(@Nullable String other) {
            return new Output(other, type, column);
        }
    }

    /**
     * A SELECT.
     *
     * @param from null when it has none
     * @param passes whether rows that are not wanted of its answer need not be made
     * @param where when its rows are kept
     * @param samples whether it takes some rows of all, so that none can be left out before
     */
    record Select(
            @Nullable List<Output> outputs,
            @Nullable FromNode from,
            boolean passes,
            RowCondition where,
            List<Equality> equalities,
            boolean samples,
            List<QueryShape> inside)
            implements QueryShape {}

    /**
     * UNION, INTERSECT or EXCEPT.
     *
     * @param outputs with a type where all parts have it
     * @param passes as in {@link Select}
     */
    record Combined(@Nullable List<Output> outputs, List<QueryShape> parts, boolean passes, List<QueryShape> inside)
            implements QueryShape {}

    /** Any other form of query. */
    record Other(List<FromNode.Leaf> leaves, List<QueryShape> inside) implements QueryShape {
        @Override
        public @Nullable List<Output> outputs() {
            return null;
        }
    }

    /** Two columns of like types that are equal in every wanted row. */
    record Equality(Column one, Column other) {}

    /** What stands at a leaf of a FROM. */
    sealed interface Target {}

    /** A table's rows, or those of the server. */
    record OfTable(TableRead read) implements Target {}

    /**
     * A query's rows.
     *
     * @param places for each column of the leaf that of the query's answer, -1 for none
     */
    record OfQuery(QueryShape query, List<Integer> places) implements Target {}

    /** Something that is no table and no query, such as a function. */
    record OfNothing() implements Target {}

    /** Something in a FROM with a name. It is itself alone, however many are like it. */
    final class Member {
        private final String name;
        private final @Nullable List<Output> columns;
        private final Target target;
        private final JsonNode node;

        /**
         * @param name in lower case
         * @param columns without their {@link Output#column()}; null when they are not known
         * @param node where it stands
         */
        Member(String name, @Nullable List<Output> columns, Target target, JsonNode node) {
            this.name = name;
            this.columns = columns;
            this.target = target;
            this.node = node;
        }

        String name() {
            return name;
        }

        boolean isOpen() {
            return columns == null;
        }

        List<Output> columns() {
            return columns == null ? List.of() : columns;
        }

        Target target() {
            return target;
        }

        JsonNode node() {
            return node;
        }

        /** The only column of that name. */
        Optional<Column> column(String wanted) {
            int found = -1;
            for (int i = 0; i < columns().size(); i++) {
                if (wanted.equals(columns().get(i).name())) {
                    if (found >= 0) {
                        return Optional.empty();
                    }
                    found = i;
                }
            }
            return found < 0 ? Optional.empty() : Optional.of(new Column(this, found));
        }

        boolean has(String wanted) {
            return columns().stream().anyMatch(column -> Objects.equals(wanted, column.name()));
        }
    }
}
