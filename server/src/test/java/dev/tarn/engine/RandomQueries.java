package dev.tarn.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Random data in files that overlap little, and random queries over them. */
final class RandomQueries {
    static final int FILES = 12;
    /** Longer than what any statistics of a text keep. */
    static final String LONG = "m".repeat(400);

    private static final LocalDate FIRST = LocalDate.parse("2024-01-01");
    private static final List<String> TEXTS =
            List.of("", "a", "ab", "b", "mm", LONG + "a", LONG + "b", "z", "é", "\uffee", "😀");
    private static final List<String> OPERATORS = List.of("=", "<", "<=", ">", ">=", "<>", "is not distinct from");

    private final Table table;
    private final Table other;
    private final Random random;
    private final List<String> parameters = new ArrayList<>();
    private int notation;

    /** @param other joined to the table; one table that is read twice is filtered by both readers together */
    RandomQueries(Table table, Table other, Random random) {
        this.table = table;
        this.other = other;
        this.random = random;
    }

    /** The table: an INT, a BIGINT, a DECIMAL, a DATE, a TIMESTAMP, a text, a DOUBLE with NaN, and one that is mostly NULL. */
    record Table(String name) {
        /** A statement whose ten rows become one file. */
        String rows(int file, Random random) {
            List<String> rows = new ArrayList<>();
            for (int i = file * 10; i < file * 10 + 10; i++) {
                String text = TEXTS.get(Math.min(TEXTS.size() - 1, file)).replace("'", "''");
                rows.add("(%d, %s, %d.%02d, '%s', '%s 0%d:30:00.000001', %s, %s, %s)"
                        .formatted(
                                i,
                                random.nextInt(5) == 0 ? "null" : Long.toString((i - 60) * 1_000_000_000_000L),
                                i,
                                random.nextInt(100),
                                FIRST.plusDays(i),
                                FIRST.plusDays(i),
                                i % 10,
                                random.nextInt(6) == 0 ? "null" : "'" + text + "'",
                                random.nextInt(4) == 0 ? "'nan'::double" : i + "::double",
                                file == 3 ? "null" : "7"));
            }
            return """
                    select a::int as i, b::bigint as b, c::decimal(9,2) as c, d::date as d, e::timestamp as ts,
                    f::varchar as s, g::double as x, h::bigint as n from (values %s) t(a, b, c, d, e, f, g, h)""".formatted(String.join(", ", rows));
        }
    }

    /** A query, and the same without a table whose files could be filtered. */
    record Query(String sql, String unfiltered, String parameters) {}

    Query next() {
        String where = where("a");
        String second = where("b");
        String plain = where("");
        String what = "count(*), sum(a.i), min(a.d), max(a.s)";
        String pair = what + ", sum(b.i), count(b.s)";
        String sql = switch (random.nextInt(12)) {
            case 0, 1, 2 -> "select %s from %%1$s a where %s".formatted(what, where);
            case 3 -> "select count(*), sum(i), min(d), max(s) from %%1$s where %s".formatted(plain);
            case 4 -> "select mod(i, 7) as i, count(*) from %%1$s where %s group by all order by all".formatted(plain);
            case 5 -> "select %s from %%1$s a %s join %%2$s b on a.i = b.i + 1 where %s".formatted(pair, side(), where);
            case 6 ->
                "select %s from %%1$s a %s join %%2$s b on a.i = b.i + 1 where %s and %s"
                        .formatted(pair, side(), where, second);
            case 7 -> "select %s from %%1$s a, %%2$s b where a.i = b.i and %s and %s".formatted(pair, where, second);
            case 8 -> "select %s from %%1$s a semi join %%2$s b using (i, d) where %s".formatted(what, where);
            case 9 ->
                "select %s from %%1$s a anti join (from %%2$s b where %s) b on a.i = b.i where %s"
                        .formatted(what, second, where);
            case 10 ->
                "select %s from %%1$s a where %s and exists (select 1 from %%2$s b where a.i = b.i and %s)"
                        .formatted(what, where, second);
            default -> "select %s from %%1$s a natural %s join %%2$s b where %s".formatted(pair, side(), where);
        };
        return new Query(
                sql.formatted(table.name(), other.name()),
                sql.formatted("(select * from " + table.name() + ")", "(select * from " + other.name() + ")"),
                used(sql));
    }

    /** Not every condition was taken, and a value for nothing is refused. */
    private String used(String sql) {
        StringJoiner used = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < parameters.size(); i++) {
            if (Pattern.compile(":p" + i + "\\b").matcher(sql).find()) {
                used.add("\"p%d\": %s".formatted(i, parameters.get(i)));
            }
        }
        return used.toString();
    }

    private String side() {
        return List.of("inner", "left", "right", "full").get(random.nextInt(4));
    }

    private String where(String alias) {
        StringJoiner all = new StringJoiner(" and ");
        // Few, so that most queries have rows.
        for (int i = random.nextInt(4) / 3; i >= 0; i--) {
            String one = condition(alias);
            all.add(
                    switch (random.nextInt(8)) {
                        case 0 -> "(" + one + " or " + condition(alias) + ")";
                        case 1 -> "not (" + one + ")";
                        default -> one;
                    });
        }
        return all.toString();
    }

    private String condition(String alias) {
        String column = List.of("i", "b", "c", "d", "ts", "s", "x", "n").get(random.nextInt(8));
        String name = alias.isEmpty() ? column : alias + "." + column;
        // The engine refuses most mixtures of notations; a few are tried all the same.
        notation = random.nextInt(10);
        int near = near();
        return switch (random.nextInt(12)) {
            // Often, because they tell a NULL that a join has made from one of the table's.
            case 0, 1, 2 -> name + (random.nextInt(3) > 0 ? " is null" : " is not null");
            case 3, 4, 5 ->
                "%s between %s and %s"
                        .formatted(name, constant(column, near), constant(column, near + random.nextInt(-2, 60)));
            case 6 -> "%s in (%s)".formatted(name, list(column));
            case 7, 8 -> "%s %s %s".formatted(constant(column, near), operator(), name);
            default -> "%s %s %s".formatted(name, operator(), constant(column, near));
        };
    }

    private String list(String column) {
        StringJoiner list = new StringJoiner(", ");
        for (int i = random.nextInt(8); i >= 0; i--) {
            list.add(constant(column, near()));
        }
        return list.toString();
    }

    private int near() {
        return random.nextInt(-5, FILES * 10 + 5);
    }

    private String operator() {
        return OPERATORS.get(random.nextInt(OPERATORS.size()));
    }

    private String constant(String column, int near) {
        LocalDate day = FIRST.plusDays(near);
        String value = switch (column) {
            case "b" -> Long.toString((near - 60) * 1_000_000_000_000L);
            case "d" -> day.toString();
            case "ts" -> random.nextBoolean() ? day.toString() : day + " 0" + Math.floorMod(near, 10) + ":30:00.000001";
            case "n" -> Integer.toString(Math.floorMod(near, 3) + 6);
            case "s" -> TEXTS.get(random.nextInt(TEXTS.size())) + (random.nextInt(4) == 0 ? "a" : "");
            default -> Integer.toString(near);
        };
        boolean text = column.equals("d") || column.equals("ts") || column.equals("s");
        return switch (random.nextInt(20) == 0 ? random.nextInt(11) : notation) {
            case 0 -> parameter("\"" + value + "\"");
            case 1 -> text ? typed(column, value) : parameter(value);
            case 2 -> column.equals("d") || column.equals("ts") ? "date '" + day + "'" : "'" + value + "'";
            case 3 ->
                column.equals("d") || column.equals("ts")
                        ? "timestamp '" + day + " 12:00:00'"
                        : text ? "'" + value + "'" : value + ".00";
            case 4 -> text ? "'" + value + "'" : value + ".5";
            case 5 -> text ? "'" + value + "'" : value + "e0";
            case 10 -> "null";
            default -> text ? "'" + value + "'" : value;
        };
    }

    private String typed(String column, String value) {
        String type = column.equals("s") ? "STRING" : column.equals("d") ? "DATE" : "TIMESTAMP";
        return parameter("{\"type\": \"%s\", \"value\": \"%s\"}".formatted(type, value));
    }

    private String parameter(String json) {
        parameters.add(json);
        return ":p" + (parameters.size() - 1);
    }
}
