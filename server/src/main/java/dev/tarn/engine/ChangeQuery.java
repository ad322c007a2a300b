package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.engine.RowClauses.Action;
import dev.tarn.engine.RowClauses.Assignment;
import dev.tarn.engine.RowClauses.Clause;
import dev.tarn.engine.RowClauses.Piece;
import dev.tarn.engine.RowClauses.When;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.ChangeTask;
import dev.tarn.worker.protocol.ChangeTask.Effect;
import dev.tarn.worker.protocol.RowPlaces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Types.NestedField;

/**
 * DELETE, UPDATE or MERGE as one query that says what becomes of which rows: the file and the row of a row of the table (NULL for a new
 * one), and a struct of the clause and the values. In each part of it stand the names that the caller's words may mean: of a row that
 * the source alone has those of the source, of one that the table alone has those of the table. The first clause that holds is a CASE,
 * so all conditions and values are computed once, and only where they must be. A source is read once.
 */
final class ChangeQuery {
    private final RowClauses clauses;
    private final ReadableTable table;
    private final String nonce;
    private final RowPlaces places;
    private final AssignedColumns columns;
    private final PiecedText sql = new PiecedText();
    private final List<Integer> targets = new ArrayList<>();
    private final List<ChangeTask.Clause> effects = new ArrayList<>();
    private final List<List<ResolvedValue>> values = new ArrayList<>();

    /** @param value empty for a value of ours, which {@code text} is */
    private record ResolvedValue(List<String> path, Optional<Piece> value, String text) {}

    private ChangeQuery(RowClauses clauses, ReadableTable table, String nonce) {
        this.clauses = clauses;
        this.table = table;
        this.nonce = nonce;
        this.places = new RowPlaces("tarn_file_" + nonce, "tarn_row_" + nonce);
        this.columns = new AssignedColumns(table, clauses.alias());
    }

    /** @param nonce that nobody can know */
    static ChangeQuery of(RowClauses clauses, ReadableTable table, String nonce) {
        ChangeQuery query = new ChangeQuery(clauses, table, nonce);
        for (Clause clause : clauses.clauses()) {
            query.values.add(query.resolved(clause));
        }
        query.addEffects();
        query.addWith();
        if (clauses.verb() == Change.RowVerb.MERGE) {
            query.merge();
        } else {
            query.change();
        }
        return query;
    }

    PiecedText sql() {
        return sql;
    }

    /** Where the table stands in the text. */
    List<Integer> targets() {
        return targets;
    }

    RowPlaces places() {
        return places;
    }

    List<ChangeTask.Clause> effects() {
        return effects;
    }

    /** Whether each row of the table that its WHERE holds for is deleted, and nothing else happens. */
    boolean deletes() {
        return clauses.verb() == Change.RowVerb.DELETE && clauses.source().isEmpty();
    }

    /** Whether no row of the table can be there twice. */
    boolean unique() {
        return clauses.verb() == Change.RowVerb.DELETE || clauses.source().isEmpty();
    }

    private List<ResolvedValue> resolved(Clause clause) {
        List<ResolvedValue> resolved = new ArrayList<>();
        if (clause.byName()) {
            String source = quoted(clauses.source().orElseThrow().alias());
            for (NestedField column : columns.told()) {
                resolved.add(
                        new ResolvedValue(columns.use(column), Optional.empty(), source + "." + quoted(column.name())));
            }
        } else {
            List<Assignment> assignments = clause.assignments();
            for (int i = 0; i < assignments.size(); i++) {
                List<String> path = assignments.get(i).path().isEmpty()
                        ? columns.use(placed(assignments.size(), i))
                        : columns.use(assignments.get(i));
                resolved.add(new ResolvedValue(path, assignments.get(i).value(), usual(path)));
            }
        }
        requireApart(resolved);
        if (clause.action() == Action.INSERT) {
            addUsual(resolved);
        }
        return resolved;
    }

    private NestedField placed(int values, int place) {
        List<NestedField> told = columns.told();
        if (values != told.size()) {
            throw new TarnException(
                    ErrorCode.BINDING_ERROR,
                    "INSERT has %d values, and the table %s has %d columns; name the columns"
                            .formatted(values, table.name().text(), told.size()));
        }
        return told.get(place);
    }

    /** No column is set twice, nor one together with a part of it. */
    private static void requireApart(List<ResolvedValue> values) {
        Set<List<String>> whole = new HashSet<>();
        for (ResolvedValue value : values) {
            boolean twice = !whole.add(value.path());
            boolean inside = values.stream()
                    .anyMatch(other -> other.path().size() > value.path().size()
                            && other.path().subList(0, value.path().size()).equals(value.path()));
            if (twice || inside) {
                throw new TarnException(
                        ErrorCode.BINDING_ERROR,
                        "The column %s is set twice".formatted(String.join(".", value.path())));
            }
        }
    }

    /** What a column is when a statement says nothing of it. */
    private String usual(List<String> path) {
        NestedField column = table.schema().findField(path.getFirst());
        return path.size() > 1 || column == null ? "NULL" : ConstantText.of(column.type(), column.writeDefault());
    }

    private void addUsual(List<ResolvedValue> values) {
        for (NestedField column : table.schema().columns()) {
            boolean given =
                    values.stream().anyMatch(value -> value.path().getFirst().equals(column.name()));
            if (!given && column.writeDefault() != null && table.rights().has(column.name())) {
                List<String> path = columns.use(column);
                values.add(new ResolvedValue(path, Optional.empty(), usual(path)));
            } else if (!given && column.isRequired()) {
                throw new TarnException(
                        ErrorCode.BINDING_ERROR,
                        table.rights().has(column.name())
                                ? "Column '%s' must have a value, and INSERT has none for it".formatted(column.name())
                                : "The table has a column that must have a value and that you may not see, so you can add no rows");
            }
        }
    }

    private void addEffects() {
        for (int i = 0; i < clauses.clauses().size(); i++) {
            Effect effect = switch (clauses.clauses().get(i).action()) {
                case DELETE, NOTHING -> Effect.DELETE;
                case UPDATE -> Effect.UPDATE;
                case INSERT -> Effect.INSERT;
            };
            effects.add(new ChangeTask.Clause(
                    effect,
                    values.get(i).stream()
                            .map(value -> new ChangeTask.Assigned(value.path(), columns.number(value.path())))
                            .toList()));
        }
    }

    private void addWith() {
        clauses.with()
                .ifPresent(with -> sql.add(clauses.recursive() ? "WITH RECURSIVE " : "WITH ")
                        .add(with)
                        .add("\n"));
    }

    private void change() {
        boolean twice =
                clauses.verb() == Change.RowVerb.DELETE && clauses.source().isPresent();
        sql.add("SELECT ").add(twice ? "DISTINCT " : "").add(place()).add(", ");
        outcome(0);
        sql.add(" AS " + column("c") + " FROM ");
        target();
        clauses.source().ifPresent(source -> sql.add(", ").add(source.text()).add("\n"));
        clauses.condition().ifPresent(condition -> sql.add(" WHERE ").inBrackets(condition));
    }

    private void merge() {
        RowClauses.Source source = clauses.source().orElseThrow();
        String known = column("source");
        String pairs = column("pairs");
        sql.add(clauses.with().isPresent() ? ", " : "WITH ")
                .add(known + " AS MATERIALIZED (SELECT *, row_number() OVER () AS " + column("n") + " FROM ")
                .add(source.text())
                .add("\n" + (source.named() ? "" : " AS " + quoted(source.alias())) + "), " + pairs
                        + " AS MATERIALIZED (SELECT " + place() + ", " + quoted(source.alias()) + "." + column("n")
                        + " AS n, ");
        outcome(When.MATCHED);
        sql.add(" AS " + column("c") + " FROM ");
        target();
        sql.add(", " + known + " AS " + quoted(source.alias()) + " WHERE ");
        clauses.condition().ifPresentOrElse(sql::inBrackets, () -> sql.add(shared(source)));
        sql.add(") SELECT " + column("f") + ", " + column("r") + ", " + column("c") + " FROM " + pairs);
        if (has(When.ONLY_IN_SOURCE)) {
            sql.add(" UNION ALL SELECT CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), ");
            outcome(When.ONLY_IN_SOURCE);
            sql.add(" FROM " + filled(known) + " AS " + quoted(source.alias()) + " WHERE NOT EXISTS (SELECT 1 FROM "
                    + pairs + " WHERE " + pairs + ".n = " + quoted(source.alias()) + "." + column("n") + ")");
        }
        if (has(When.ONLY_IN_TABLE)) {
            sql.add(" UNION ALL SELECT " + place() + ", ");
            outcome(When.ONLY_IN_TABLE);
            sql.add(" FROM ");
            target();
            String alias = quoted(clauses.alias());
            sql.add(" WHERE NOT EXISTS (SELECT 1 FROM " + pairs + " WHERE " + pairs + "." + column("f") + " = " + alias
                    + "." + places.file() + " AND " + pairs + "." + column("r") + " = " + alias + "." + places.row()
                    + ")");
        }
    }

    /** The source; with NULL for the columns of the table that it lacks, where that is asked for. */
    private String filled(String known) {
        boolean missing = clauses.clauses().stream().anyMatch(Clause::missing);
        List<String> nulls = columns.told().stream()
                .map(column -> "NULL AS " + quoted(column.name()))
                .toList();
        return missing
                ? "(SELECT * FROM " + known + " UNION ALL BY NAME SELECT " + String.join(", ", nulls) + " WHERE false)"
                : known;
    }

    private String shared(RowClauses.Source source) {
        return String.join(
                " AND ",
                source.shared().stream()
                        .map(name -> quoted(clauses.alias()) + "." + quoted(name) + " = " + quoted(source.alias()) + "."
                                + quoted(name))
                        .toList());
    }

    private boolean has(When when) {
        return clauses.clauses().stream().anyMatch(clause -> clause.when() == when);
    }

    private String place() {
        String alias = quoted(clauses.alias());
        return alias + "." + places.file() + " AS " + column("f") + ", " + alias + "." + places.row() + " AS "
                + column("r");
    }

    private void target() {
        targets.add(sql.length());
        List<String> parts = new ArrayList<>(List.of(table.name().catalog()));
        parts.addAll(table.name().namespace());
        parts.add(table.name().table());
        sql.add(String.join(".", parts.stream().map(ChangeQuery::quoted).toList()) + " AS " + quoted(clauses.alias()));
    }

    /** The first clause that holds, of those about such rows. */
    private void outcome(When when) {
        List<Integer> about = IntStream.range(0, clauses.clauses().size())
                .filter(i -> clauses.clauses().get(i).when() == when)
                .boxed()
                .toList();
        sql.add("CAST(CASE");
        for (int i : about) {
            sql.add(" WHEN ");
            clauses.clauses().get(i).condition().ifPresentOrElse(sql::inBrackets, () -> sql.add("true"));
            sql.add(" THEN ");
            outcome(i);
        }
        sql.add(about.isEmpty() ? " WHEN true THEN NULL" : "").add(" END AS " + outcomeType() + ")");
    }

    private String outcomeType() {
        StringBuilder type = new StringBuilder("STRUCT(a INTEGER");
        List<String> types = columns.types();
        for (int i = 0; i < types.size(); i++) {
            type.append(", v").append(i).append(' ').append(types.get(i));
        }
        return type.append(')').toString();
    }

    private void outcome(int clause) {
        if (clauses.clauses().get(clause).action() == Action.NOTHING) {
            sql.add("NULL");
            return;
        }
        List<String> types = columns.types();
        sql.add("struct_pack(a := " + clause);
        for (int i = 0; i < types.size(); i++) {
            sql.add(", v" + i + " := CAST(");
            value(clause, i);
            sql.add(" AS " + types.get(i) + ")");
        }
        sql.add(")");
    }

    private void value(int clause, int number) {
        for (ResolvedValue value : values.get(clause)) {
            if (columns.number(value.path()) == number) {
                value.value().ifPresentOrElse(sql::inBrackets, () -> sql.add(value.text()));
                return;
            }
        }
        sql.add("NULL");
    }

    private String column(String what) {
        return "tarn_" + what + "_" + nonce;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
