package dev.tarn.engine;

import java.util.Random;

/** Queries over a table {@code emp} with id, name and salary; their rows are in an order. */
final class RandomLimitedQueries {
    private final Random random;

    private RandomLimitedQueries(Random random) {
        this.random = random;
    }

    static String next(Random random) {
        return new RandomLimitedQueries(random).query();
    }

    private String query() {
        return switch (random.nextInt(8)) {
            case 0 -> "select * from emp where %s order by all".formatted(condition("emp"));
            case 1 ->
                "select count(*), min(%s), sum(%s) from emp where %s"
                        .formatted(value("emp"), value("emp"), condition("emp"));
            case 2 -> "select %s as g, count(*), max(name) from emp group by 1 order by all".formatted(value("emp"));
            case 3 ->
                "select a.id, b.name from emp a join emp b on %s = %s where %s order by all limit 50"
                        .formatted(value("a"), value("b"), condition("b"));
            case 4 ->
                "select id, (select count(*) from emp i where i.salary < o.salary and %s) from emp o where %s order by all"
                        .formatted(condition("i"), condition("o"));
            case 5 ->
                "select id, rank() over (order by %s), lag(name) over (order by id) from emp order by all limit 40"
                        .formatted(value("emp"));
            case 6 ->
                "with c as (from emp where %s) select * from c union all select * from emp where %s order by all"
                        .formatted(condition("emp"), condition("emp"));
            default ->
                "select r.i, e.name from range(20) r(i) left join emp e on e.id = r.i * 7 and %s order by all"
                        .formatted(condition("e"));
        };
    }

    private String condition(String t) {
        return switch (random.nextInt(7)) {
            case 0 -> t + ".salary " + pick("<", ">", "=", "<>") + " " + random.nextInt(2000);
            case 1 -> t + ".name like '" + pick("n1%", "H%", "O%", "%7%") + "'";
            case 2 -> "(" + condition(t) + pick(" and ", " or ") + condition(t) + ")";
            case 3 -> t + ".id in (" + random.nextInt(200) + ", " + random.nextInt(200) + ", 4)";
            case 4 -> "not " + condition(t);
            case 5 -> t + ".name is " + pick("null", "not null");
            default -> t + ".id between " + random.nextInt(100) + " and " + random.nextInt(200);
        };
    }

    private String value(String t) {
        return pick(
                t + ".salary % 7",
                t + ".id",
                "length(" + t + ".name)",
                t + ".salary",
                t + ".id // 10",
                "substr(" + t + ".name, 2, 1)");
    }

    private String pick(String... some) {
        return some[random.nextInt(some.length)];
    }
}
