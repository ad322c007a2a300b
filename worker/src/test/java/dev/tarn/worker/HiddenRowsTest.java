package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import dev.tarn.worker.protocol.Visibility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What cannot be seen makes no difference. Three tables look the same to a statement: two that are limited in the same way and
 * differ in all that is hidden, and one that has nothing else than what may be seen. Whatever a statement asks, and however it
 * tries to fail, the first two answer alike or fail alike, and all three have the same rows.
 */
class HiddenRowsTest extends WorkerTest {
    private static final int STATEMENTS = Integer.getInteger("tarn.test.statements", 120);

    private static final String FAILS = "fails: ";
    private static final List<SourceColumn> COLUMNS = List.of(
            new SourceColumn(1, "id", "BIGINT"),
            new SourceColumn(2, "name", "VARCHAR"),
            new SourceColumn(3, "salary", "BIGINT"),
            new SourceColumn(4, "bonus", "BIGINT"),
            new SourceColumn(5, "dept", "VARCHAR"),
            new SourceColumn(6, "born", "DATE"));
    private static final List<SourceColumn> SEEN =
            COLUMNS.stream().filter(column -> !column.name().equals("dept")).toList();
    private static final List<Visibility.Part> PARTS = List.of(
            new Visibility.Part(List.of("id", "name", "salary", "born"), "dept = 'shop'"),
            new Visibility.Part(List.of("id", "bonus"), "id % 5 = 0 and dept <> 'board'"));

    private final List<TableSource> worlds = new ArrayList<>();

    @BeforeAll
    void makeWorlds() throws SQLException, IOException {
        worlds.add(limited(world("a", "'HIDDEN' || i", "0", "'board'")));
        worlds.add(limited(world("b", "'OTHER-' || i * 7", "(9000000000000000000 - i)", "'board2'")));
        Path seen = folder.resolve("seen.parquet");
        duckdb(
                "copy (select id, case when dept = 'shop' then name end as name, case when dept = 'shop' then salary end as"
                        + " salary, case when id % 5 = 0 then bonus end as bonus, case when dept = 'shop' then born end as born from '"
                        + folder.resolve("a.parquet") + "' where dept = 'shop' or id % 5 = 0 and dept <> 'board') to '"
                        + seen
                        + "' (format parquet)");
        worlds.add(new TableSource("iceberg", "shop", "emp", SEEN, files(seen)));
    }

    /** Every other row is hidden, and of the visible ones some cells. */
    private Path world(String name, String hiddenName, String hiddenNumber, String hiddenDept) throws SQLException {
        Path file = folder.resolve(name + ".parquet");
        String hides = "i % 2 = 1 and i % 5 <> 0 or i % 10 = 1";
        String masks = "i % 10 = 5";
        duckdb(("copy (select i as id, case when %1$s or %2$s then %3$s else 'n' || (i %% 97) end as name,"
                        + " case when %1$s or %2$s then %4$s else i * 10 end as salary,"
                        + " case when i %% 5 <> 0 or %1$s then %4$s else i end as bonus,"
                        + " case when %1$s then %5$s when %2$s then 'stock' else 'shop' end as dept,"
                        + " case when %1$s or %2$s then date '1900-01-01' + (%4$s %% 1000)::bigint::int else date '2000-01-01' + i::int end as born"
                        + " from range(10000) t(i)) to '%6$s' (format parquet, row_group_size 2048)")
                .formatted(hides, masks, hiddenName, hiddenNumber, hiddenDept, file));
        return file;
    }

    private static TableSource limited(Path file) throws IOException {
        return new TableSource(
                "iceberg",
                "shop",
                "emp",
                COLUMNS,
                files(file),
                false,
                Optional.of(new Visibility(PARTS, "it's me", List.of())));
    }

    private static List<SourceFile> files(Path file) throws IOException {
        return List.of(new SourceFile(file.toString(), Files.size(file), 0));
    }

    /** What a statement tells of a table, right or wrong. */
    private String told(String sql, TableSource table) throws IOException {
        worker.send(new Message.Run(nextId(), query(sql, table)));
        List<Message> conversation = worker.conversation();
        return conversation.getLast() instanceof Message.Failed failed
                ? FAILS + failed.failure()
                : Results.of(conversation).rows().toString();
    }

    private String same(String sql) throws IOException {
        String told = told(sql, worlds.get(0));
        assertThat(told(sql, worlds.get(1))).as(sql).isEqualTo(told).doesNotContain("HIDDEN", "OTHER-");
        String plain = told(sql, worlds.get(2));
        // The engine knows bounds of the values of a plain table, and may find out that a row which fails is not
        // wanted.
        if (!told.startsWith(FAILS) && !plain.startsWith(FAILS)) {
            assertThat(told).as(sql).isEqualTo(plain);
        }
        return told;
    }

    @Test
    void thereIsSomethingToSee() throws IOException {
        assertThat(same("select count(*), count(name), count(bonus), max(salary) from emp"))
                .isEqualTo("[[6000, 5000, 2000, 99980]]");
        assertThat(same("select * from emp where id in (4, 5, 10) order by id")).contains("n4", "null");
    }

    @Test
    void randomStatementsThatMayFail() throws IOException {
        long seed = System.nanoTime();
        RandomStatement statements = new RandomStatement(new Random(seed));
        int failed = 0;
        for (int i = 0; i < STATEMENTS; i++) {
            String sql = statements.next();
            String told;
            try {
                told = same(sql);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
            failed += told.startsWith(FAILS) ? 1 : 0;
        }
        assertThat(failed).isBetween(STATEMENTS / 10, STATEMENTS * 9 / 10);
    }

    /** Statements whose expressions fail for some values, so that a failure would tell of a row. */
    private record RandomStatement(Random random) {
        String next() {
            return switch (random.nextInt(9)) {
                case 0 -> "select count(*) from emp where " + condition();
                case 1 -> "select id, " + number() + " from emp where " + condition() + " order by all limit 20";
                case 2 -> "select max(" + number() + "), count(*) filter (where " + condition() + ") from emp";
                case 3 ->
                    "select count(*) from emp a join emp b on a.id = b.id + 1 and " + number("a") + " < " + number("b")
                            + " where " + condition("a");
                case 4 -> "select id from emp where " + condition() + " order by " + number() + ", id limit 5";
                case 5 ->
                    "select " + number() + " as g, count(*) from emp where " + condition()
                            + " group by g having count(*) > 1 order by all";
                case 6 ->
                    "select count(*) from emp e where exists (select 1 from emp f where f.id = e.id + 1 and "
                            + condition("f") + ")";
                case 7 ->
                    "with c as (select * from emp where " + condition() + ") select count(*), min(name) from c where "
                            + condition();
                default ->
                    "select count(*) from (values (1), (2)) v(k) join emp on emp.salary // 10 = v.k or " + condition();
            };
        }

        private String condition() {
            return condition("emp");
        }

        private String condition(String t) {
            return switch (random.nextInt(10)) {
                case 0 -> number(t) + pick(" < ", " > ", " = ", " <> ", " >= ") + random.nextInt(100_000);
                case 1 -> "(" + condition(t) + pick(" and ", " or ") + condition(t) + ")";
                case 2 ->
                    "case when " + t
                            + pick(
                                    ".salary > 100000",
                                    ".salary = 0",
                                    ".bonus > 20000",
                                    ".name like 'H%'",
                                    ".name like 'O%'")
                            + " then error('x' || " + t + ".name) else " + condition(t) + " end";
                case 3 ->
                    t + ".name "
                            + pick(
                                    "like 'n1%'",
                                    "like 'HID%'", "in ('n5', 'n6')", "= 'n7'", "is null", "is not null", "> 'n'");
                case 4 -> "substr(" + t + ".name, 2)::int " + pick("> 5", "= 7", "between 3 and 50");
                case 5 -> t + ".salary in (" + random.nextInt(100) * 10 + ", 0, 2220)";
                case 6 -> "not " + condition(t);
                case 7 -> t + ".born " + pick("> date '2001-01-01'", "< date '1999-01-01'", "is null");
                case 8 -> "(" + t + ".salary * 1000)::int > 1";
                default -> t + ".bonus " + pick("is null", "> 5000", "= 0", "+ 9000000000000000000 > 3");
            };
        }

        private String number() {
            return number("emp");
        }

        private String number(String t) {
            return switch (random.nextInt(8)) {
                case 0 -> t + ".salary";
                case 1 -> t + ".bonus";
                case 2 -> "(" + t + ".salary * 922337203685)";
                case 3 -> "substr(" + t + ".name, 2)::bigint";
                case 4 -> "coalesce(" + t + ".bonus, " + t + ".salary)::smallint";
                case 5 -> "length(" + t + ".name)";
                case 6 -> "(100 - " + t + ".salary)::utinyint";
                default -> "date_diff('day', date '1990-01-01', " + t + ".born)::tinyint";
            };
        }

        private String pick(String... some) {
            return some[random.nextInt(some.length)];
        }
    }
}
