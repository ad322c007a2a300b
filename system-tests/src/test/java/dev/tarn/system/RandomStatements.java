package dev.tarn.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws statements for a table {@code $t} whose columns it keeps in mind; the first one is {@code id}, never NULL. */
final class RandomStatements {
    static final int MOST_COLUMNS = 9;
    private static final int MOST_ROWS = 700;
    private static final RandomColumn ID = new RandomColumn("id", "BIGINT");

    /**
     * A statement for both.
     *
     * @param ours for the server
     * @param plain what the plain engine does for it
     */
    record Step(String ours, List<String> plain) {
        static Step same(String sql) {
            return new Step(sql, List.of(sql));
        }
    }

    private final Random random;
    private List<RandomColumn> columns = new ArrayList<>(List.of(ID));
    private int named;

    RandomStatements(Random random) {
        this.random = random;
        while (columns.size() < 5) {
            columns.add(RandomColumn.any(newName(), random));
        }
    }

    List<RandomColumn> columns() {
        return List.copyOf(columns);
    }

    /** Back to the columns that a statement which failed has not changed. */
    void restore(List<RandomColumn> before) {
        columns = new ArrayList<>(before);
    }

    private String newName() {
        named++;
        return (random.nextBoolean() ? "c" : "Ä c") + named;
    }

    /** @param options what follows the columns for the server alone */
    Step create(String options) {
        String list = columns.stream()
                .map(column -> quoted(column) + " " + column.type() + (column.equals(ID) ? " NOT NULL" : ""))
                .collect(Collectors.joining(", ", "CREATE TABLE $t (", ")"));
        return new Step(list + " " + options, List.of(list));
    }

    private static String quoted(RandomColumn column) {
        return '"' + column.name() + '"';
    }

    private static RandomColumn named(RandomColumn column) {
        return new RandomColumn(quoted(column), column.type());
    }

    private RandomColumn other() {
        return columns.get(1 + random.nextInt(columns.size() - 1));
    }

    /** @param rows that the table has */
    Step next(long rows) {
        if (rows > MOST_ROWS) {
            return random.nextInt(6) == 0 ? Step.same("TRUNCATE TABLE $t") : delete();
        }
        int draw = random.nextInt(100);
        if (draw < 26) {
            return insert();
        }
        if (draw < 40) {
            return delete();
        }
        if (draw < 56) {
            return update();
        }
        if (draw < 76) {
            return merge();
        }
        if (draw < 79) {
            return overwrite();
        }
        if (draw < 82) {
            return wrong();
        }
        return alter();
    }

    private String selected(List<RandomColumn> wanted, String number) {
        return wanted.stream()
                .map(column -> column.name().equals("id")
                        ? "(" + number + ")::BIGINT AS id"
                        : column.value("(" + number + ") * 31") + " AS " + quoted(column))
                .collect(Collectors.joining(", "));
    }

    /** Rows of new values, each with an id of its own. */
    private String source(List<RandomColumn> wanted) {
        int first = random.nextInt(900);
        int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 120 : 8);
        return "SELECT " + selected(wanted, "i") + " FROM range(" + first + ", " + (first + count) + ") r(i)";
    }

    private List<RandomColumn> some() {
        List<RandomColumn> some = new ArrayList<>(List.of(columns.getFirst()));
        columns.stream().skip(1).filter(column -> random.nextInt(3) > 0).forEach(some::add);
        return some;
    }

    private static String list(List<RandomColumn> columns) {
        return columns.stream().map(RandomStatements::quoted).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Rows in all columns: a version that has them. */
    Step row() {
        return Step.same("INSERT INTO $t " + source(columns));
    }

    private Step insert() {
        List<RandomColumn> some = some();
        return switch (random.nextInt(4)) {
            case 0 -> row();
            case 1 -> Step.same("INSERT INTO $t BY NAME " + source(some));
            case 2 ->
                Step.same("INSERT INTO $t " + list(some) + " VALUES "
                        + IntStream.range(0, 1 + random.nextInt(3))
                                .mapToObj(row -> values(some, String.valueOf(random.nextInt(900))))
                                .collect(Collectors.joining(", ")));
            default ->
                Step.same("INSERT INTO $t " + list(some) + " SELECT "
                        + some.stream()
                                .map(column -> column.name().equals("id") ? "id + 7" : quoted(column))
                                .collect(Collectors.joining(", "))
                        + " FROM $t WHERE " + where() + " ORDER BY ALL LIMIT 40");
        };
    }

    private static String values(List<RandomColumn> columns, String number) {
        return columns.stream()
                .map(column -> column.name().equals("id") ? number : column.value(number))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private Step overwrite() {
        String source = random.nextBoolean() ? source(columns) : "SELECT * FROM $t WHERE " + where();
        return new Step(
                "INSERT OVERWRITE $t " + source,
                List.of(
                        "CREATE TEMP TABLE kept AS " + source,
                        "DELETE FROM $t",
                        "INSERT INTO $t SELECT * FROM kept",
                        "DROP TABLE kept"));
    }

    /** A condition on the columns of one table. */
    private String where() {
        String condition = switch (random.nextInt(7)) {
            case 0 -> "id BETWEEN " + random.nextInt(400) + " AND " + random.nextInt(900);
            case 1 -> "id % 5 = " + random.nextInt(5);
            case 2 -> "id IN (SELECT id FROM $t WHERE " + named(other()).condition(random) + ")";
            case 3 -> "NOT (" + named(other()).condition(random) + ")";
            default -> named(other()).condition(random);
        };
        return switch (random.nextInt(5)) {
            case 0 -> condition + " AND id < " + random.nextInt(900);
            case 1 -> condition + " OR " + named(other()).condition(random);
            default -> condition;
        };
    }

    private Step delete() {
        return Step.same(random.nextInt(12) == 0 ? "DELETE FROM $t" : "DELETE FROM $t WHERE " + where());
    }

    private String assignment(RandomColumn column, String number) {
        return quoted(column) + " = " + column.value(number);
    }

    private Step update() {
        RandomColumn column = other();
        RandomColumn second = other();
        String set = assignment(column, "id + " + random.nextInt(500));
        if (!second.equals(column)) {
            set += ", " + assignment(second, "id * 3");
        }
        return random.nextInt(5) == 0
                ? Step.same("UPDATE $t SET " + set + " FROM (SELECT i FROM range(" + random.nextInt(300)
                        + ") r(i)) AS s WHERE id = s.i AND " + named(other()).condition(random))
                : Step.same("UPDATE $t SET " + set + (random.nextInt(10) == 0 ? "" : " WHERE " + where()));
    }

    private Step merge() {
        String on = "MERGE INTO $t AS t USING (" + source(columns) + ") AS s ON t.id = s.id"
                + (random.nextInt(4) == 0 ? " AND t.id % 2 = 0" : "");
        StringBuilder sql = new StringBuilder(on);
        RandomColumn column = other();
        if (random.nextBoolean()) {
            sql.append(" WHEN MATCHED AND s.id % 4 = 1 THEN DELETE");
        }
        switch (random.nextInt(4)) {
            case 0 ->
                sql.append(" WHEN MATCHED AND t.id % 3 <> 0 THEN UPDATE SET ")
                        .append(quoted(column))
                        .append(" = s.")
                        .append(quoted(column));
            case 1 -> sql.append(" WHEN MATCHED THEN UPDATE SET ").append(assignment(column, "t.id + s.id"));
            case 2 -> sql.append(" WHEN MATCHED THEN DO NOTHING");
            default ->
                sql.append(" WHEN MATCHED THEN UPDATE SET ")
                        .append(columns.stream()
                                .skip(1)
                                .map(each -> quoted(each) + " = s." + quoted(each))
                                .collect(Collectors.joining(", ")));
        }
        if (random.nextInt(4) > 0) {
            List<RandomColumn> some = some();
            sql.append(" WHEN NOT MATCHED")
                    .append(random.nextInt(3) == 0 ? " AND s.id % 2 = 1" : "")
                    .append(" THEN INSERT ")
                    .append(list(some))
                    .append(some.stream()
                            .map(each -> "s." + quoted(each))
                            .collect(Collectors.joining(", ", " VALUES (", ")")));
        }
        if (random.nextInt(5) == 0) {
            sql.append(" WHEN NOT MATCHED BY SOURCE AND t.id % 6 = 2 THEN ")
                    .append(random.nextBoolean() ? "DELETE" : "UPDATE SET " + assignment(column, "t.id"));
        }
        return Step.same(sql.toString());
    }

    /** What both must refuse, and nothing of it is done. */
    private Step wrong() {
        return Step.same(
                switch (random.nextInt(4)) {
                    case 0 -> "INSERT INTO $t (id) SELECT CASE WHEN i = 2 THEN NULL ELSE i END FROM range(4) r(i)";
                    case 1 -> "UPDATE $t SET id = NULL";
                    case 2 -> "INSERT INTO $t (id) SELECT 'no number ' || i FROM range(2) r(i)";
                    default -> "DELETE FROM $t WHERE no_such_column = 1";
                });
    }

    private Step alter() {
        RandomColumn column = other();
        int place = columns.indexOf(column);
        String table = "ALTER TABLE $t ";
        switch (random.nextInt(5)) {
            case 0 -> {
                if (columns.size() > 3) {
                    columns.remove(place);
                    return Step.same(table + "DROP COLUMN " + quoted(column));
                }
            }
            case 1 -> {
                RandomColumn renamed = new RandomColumn(newName(), column.type());
                columns.set(place, renamed);
                return Step.same(table + "RENAME COLUMN " + quoted(column) + " TO " + quoted(renamed));
            }
            case 2 -> {
                if (!column.wider().isEmpty()) {
                    columns.set(place, new RandomColumn(column.name(), column.wider()));
                    return Step.same(table + "ALTER COLUMN " + quoted(column) + " TYPE " + column.wider());
                }
            }
            default -> {}
        }
        if (columns.size() == MOST_COLUMNS) {
            return update();
        }
        RandomColumn added = RandomColumn.any(newName(), random);
        columns.add(added);
        return Step.same(table + "ADD COLUMN " + quoted(added) + " " + added.type());
    }

    /** A query of the table. */
    String query() {
        RandomColumn column = other();
        return switch (random.nextInt(3)) {
            case 0 ->
                "SELECT " + quoted(column) + "::VARCHAR, count(*)::VARCHAR, sum(id)::VARCHAR FROM $t WHERE " + where()
                        + " GROUP BY 1 ORDER BY ALL";
            case 1 ->
                "SELECT count(*)::VARCHAR FROM $t a JOIN $t b ON a.id = b.id + 1 WHERE b.id < " + random.nextInt(900);
            default -> all("$t") + " LIMIT 20";
        };
    }

    /** All rows, as texts. */
    String all(String table) {
        return all(table, columns);
    }

    static String all(String table, List<RandomColumn> columns) {
        return columns.stream()
                .map(column -> quoted(column) + "::VARCHAR")
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + table + " ORDER BY ALL"));
    }

    /** All rows in SQL of either engine, in no order. */
    String plainly(String table, char quote, String text) {
        return columns.stream()
                .map(column -> column.plainly(quote + column.name() + quote, text))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + table));
    }
}
