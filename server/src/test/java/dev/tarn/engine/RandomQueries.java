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

    /**
     * The table: an INT, a BIGINT, a DECIMAL, a DATE, a TIMESTAMP, a text, a DOUBLE with NaN, one that is mostly NULL, a TIMESTAMPTZ
     * and a truth value.
     */
    record Table(String name) {
        /** A statement whose ten rows become one file. */
        String rows(int file, Random random) {
            List<String> rows = new ArrayList<>();
            for (int i = file * 10; i < file * 10 + 10; i++) {
                String text = TEXTS.get(Math.min(TEXTS.size() - 1, file)).replace("'", "''");
                rows.add("(%d, %s, %d.%02d, '%s', '%s 0%d:30:00.000001', %s, %s, %s, '%s 23:30:00+00', %s)"
                        .formatted(
                                i,
                                random.nextInt(5) == 0 ? "null" : Long.toString((i - 60) * 1_000_000_000_000L),
                                i,
                                random.nextInt(100),
                                FIRST.plusDays(i),
                                FIRST.plusDays(i),
                                i % 10,
                                random.nextInt(6) == 0 ? "null" : "'" + text + "'",
                                random.nextInt(4) == 0 ? "'nan'::double" : (i - 20) + "::double",
                                file == 3 ? "null" : "7",
                                FIRST.plusDays(i),
                                file % 3 == 0 ? "true" : file % 3 == 1 ? "false" : i % 3 == 0 ? "null" : i % 2 == 0));
            }
            return """
                    select a::int as i, b::bigint as b, c::decimal(9,2) as c, d::date as d, e::timestamp as ts,
                    f::varchar as s, g::double as x, h::bigint as n, z::timestamptz as z, w::boolean as w
                    from (values %s) t(a, b, c, d, e, f, g, h, z, w)""".formatted(String.join(", ", rows));
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
        String sql = switch (random.nextInt(24)) {
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
            case 11, 12 ->
                "select %s from %%1$s a %s join %%2$s b on %s and %s where %s"
                        .formatted(pair, side(), same(), random.nextBoolean() ? where("a") : second, where);
            case 13 ->
                "select %s from %%1$s a %s join %%2$s b using (%s) where %s".formatted(pair, side(), one(), plain);
            case 14 ->
                "select %s from %%1$s a %s join %%2$s b on %s %s join %%1$s c on b.i = c.i where %s and %s"
                        .formatted(pair, side(), same(), side(), random.nextBoolean() ? where("c") : second, where);
            case 15 -> "select %s from (select * from %%1$s limit 1000) a where %s".formatted(what, where);
            case 16 ->
                "with w as (select * from %%1$s b where %s) select (select count(*) from w a where %s), (select sum(i) from w a where %s)"
                        .formatted(random.nextBoolean() ? "true" : second, where, where("a"));
            case 17 ->
                "select %s from (select * from %%1$s %s select * from %%2$s b where %s) a where %s"
                        .formatted(what, combined(), random.nextBoolean() ? "true" : second, where);
            case 18 ->
                "select %s from (select i, b, c, d, ts, s, x, n, z, w, count(*) from %%1$s group by all) a where %s"
                        .formatted(what, where);
            case 19 ->
                "select %s from (select i + 1 as i, i as b, c, d as ts, ts as d, s, x, b as n, z, w from %%1$s) a where %s"
                        .formatted(what, where);
            case 20 ->
                "select %s from (select distinct a.*, row_number() over (order by i) as r from %%1$s a) a where %s"
                        .formatted(what, where);
            case 21 ->
                "select %s from (select a.* from %%1$s a join %%2$s b on %s where %s) a where %s"
                        .formatted(what, same(), second, where);
            case 22 ->
                "select %s from %%1$s a where a.i in (select i from %%2$s b where %s) or %s"
                        .formatted(what, second, where);
            default -> "select %s from %%1$s a natural %s join %%2$s b where %s".formatted(pair, side(), where);
        };
        return new Query(
                named(sql, table.name(), other.name()),
                named(
                        sql,
                        "(select * from " + table.name() + " limit 1000000)",
                        "(select * from " + other.name() + " limit 1000000)"),
                used(sql));
    }

    private static String named(String sql, String table, String other) {
        return sql.replace("%1$s", table).replace("%2$s", other);
    }

    private String same() {
        String column = one();
        return "a.%s = b.%s".formatted(column, random.nextInt(4) == 0 ? "i" : column);
    }

    private String one() {
        return List.of("i", "d", "ts", "s", "c", "z", "n").get(random.nextInt(7));
    }

    private String combined() {
        return List.of("union all", "union", "except", "intersect").get(random.nextInt(4));
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
        String column =
                List.of("i", "b", "c", "d", "ts", "s", "x", "n", "z", "w").get(random.nextInt(10));
        String name = alias.isEmpty() ? column : alias + "." + column;
        if (column.equals("w") || random.nextInt(4) == 0) {
            return computed(column, name);
        }
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

    /** Conditions with functions, of columns and of constants. */
    private String computed(String column, String name) {
        LocalDate day = FIRST.plusDays(near());
        String unit = List.of("year", "quarter", "month", "week", "day", "hour").get(random.nextInt(6));
        String text = TEXTS.get(random.nextInt(TEXTS.size())).replace("'", "''");
        String sign = operator();
        return switch (column) {
            case "w" ->
                List.of("%s", "not %s", "%s = true", "%s <> true", "%s is not distinct from false", "not (%s is null)")
                        .get(random.nextInt(6))
                        .formatted(name);
            case "s" ->
                List.of(
                                "%s like '%s%%'",
                                "%s not like '%s%%'",
                                "starts_with(%s, '%s')",
                                "%s like '%s_%%'",
                                "%s ^@ '%s'",
                                "%s ilike '%s%%'",
                                "%s not in ('%s')",
                                "upper(%s) > '%s'")
                        .get(random.nextInt(8))
                        .formatted(name, text);
            case "i", "n", "b" ->
                switch (random.nextInt(4)) {
                    case 0 -> "%s %s %d + %d".formatted(name, sign, near(), random.nextInt(9));
                    case 1 -> "%s not in (%d, %d - 1, %d)".formatted(name, near(), near(), near());
                    case 2 -> "%s::bigint %s %d".formatted(name, sign, near());
                    default -> "%s %s -(%d) * -1".formatted(name, sign, near());
                };
            case "c", "x" -> "%s %s %d.%03d".formatted(name, sign, near(), random.nextInt(999));
            default ->
                switch (random.nextInt(9)) {
                    case 0, 1 -> "date_trunc('%s', %s) %s date '%s'".formatted(unit, name, sign, day);
                    case 2 ->
                        "date_trunc('%s', %s) %s date_trunc('%s', timestamp '%s 10:00:00')"
                                .formatted(unit, name, sign, unit, day);
                    case 3 -> "year(%s) %s %d".formatted(name, sign, 2_023 + random.nextInt(3));
                    case 4 -> "cast(%s as date) %s '%s'".formatted(name, sign, day);
                    case 5 -> "%s %s date '%s' - %d".formatted(name, sign, day, random.nextInt(40));
                    case 6 -> "%s %s timestamp '%s 03:00:00' + interval %d %s".formatted(name, sign, day, near(), unit);
                    case 7 -> "%s %s current_date - %d".formatted(name, sign, age() + random.nextInt(-10, 150));
                    default ->
                        "%s %s now() - interval '%d days'".formatted(name, sign, age() + random.nextInt(-10, 150));
                };
        };
    }

    /** Days since the last of the table's. */
    private static long age() {
        return java.time.temporal.ChronoUnit.DAYS.between(
                FIRST.plusDays(FILES * 10L), LocalDate.now(java.time.ZoneOffset.UTC));
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
            case "ts", "z" ->
                random.nextBoolean() ? day.toString() : day + " 0" + Math.floorMod(near, 10) + ":30:00.000001";
            case "n" -> Integer.toString(Math.floorMod(near, 3) + 6);
            case "s" -> TEXTS.get(random.nextInt(TEXTS.size())) + (random.nextInt(4) == 0 ? "a" : "");
            default -> Integer.toString(near);
        };
        boolean text = column.equals("d") || column.equals("ts") || column.equals("s") || column.equals("z");
        return switch (random.nextInt(20) == 0 ? random.nextInt(11) : notation) {
            case 0 -> parameter("\"" + value + "\"");
            case 1 -> text ? typed(column, value) : parameter(value);
            case 2 ->
                column.equals("d") || column.equals("ts") || column.equals("z")
                        ? "date '" + day + "'"
                        : "'" + value + "'";
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
