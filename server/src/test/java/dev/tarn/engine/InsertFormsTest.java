package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.catalog.CatalogTables;
import org.apache.iceberg.BaseTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of INSERT beside the plain one: before it, into which rows' place, into which branch, in files of which size. */
class InsertFormsTest {
    private static final RunningServer SERVER = RunningServer.shared();

    private final SqlSession session = new SqlSession(SERVER);

    @Test
    void commonTablesStandBeforeItOrInside() {
        session.done("CREATE TABLE $t (a INT, b STRING)");
        assertThat(session.written("WITH one AS (SELECT 1 AS a), two AS (SELECT a + 1 AS a FROM one)\n"
                        + "INSERT INTO $t (a, b) SELECT a, 'insert' FROM two"))
                .isEqualTo(1);
        assertThat(session.written("INSERT INTO $t WITH x AS (SELECT 3 AS a) SELECT a, 'in' FROM x"))
                .isEqualTo(1);
        assertThat(session.written(
                        "WITH x AS (SELECT 4 AS a) INSERT INTO $t WITH y AS (SELECT a + 1 AS a FROM x) FROM x, y"))
                .isEqualTo(1);
        assertThat(session.written("WITH RECURSIVE n AS (SELECT 6 AS a UNION ALL SELECT a + 1 FROM n WHERE a < 8)"
                        + " INSERT OVERWRITE $t BY NAME SELECT a FROM n"))
                .isEqualTo(3);
        assertThat(session.rows("SELECT * FROM $t ORDER BY a")).isEqualTo("6,null|7,null|8,null");
        assertThat(session.written("WITH x AS (SELECT 1) INSERT INTO $t VALUES (9, DEFAULT)"))
                .isEqualTo(1);
        RunningServer.Reply failed =
                session.sql("WITH x AS (SELECT 1 AS a)\n INSERT INTO $t\n SELECT a, nonsense FROM x");
        assertThat(failed.json().at("/error/code").asString()).isEqualTo("binding_error");
        assertThat(session.failed("WITH x AS (SELECT 1) INSERT INTO $t DEFAULT VALUES", 400))
                .contains("no query");
        assertThat(session.failed("WITH x AS (SELECT * FROM read_csv('/etc/passwd')) INSERT INTO $t FROM x", 400))
                .startsWith("statement_not_allowed");
    }

    @Test
    void aRowOfDefaults() {
        session.done("CREATE TABLE $t (a INT DEFAULT 7, b STRING, c DATE DEFAULT DATE '2026-01-02')"
                + " TBLPROPERTIES ('format-version' = '3')");
        assertThat(session.written("INSERT INTO $t DEFAULT VALUES;")).isEqualTo(1);
        assertThat(session.rows("SELECT * FROM $t")).isEqualTo("7,null,2026-01-02");
        session.done("CREATE TABLE $s.must (a INT NOT NULL)");
        assertThat(session.failed("INSERT INTO $s.must DEFAULT VALUES", 400)).contains("must have a value");
    }

    @Test
    void onePartitionIsFilledOrReplaced() {
        session.done("CREATE TABLE $t (a INT, p INT, d DATE) PARTITIONED BY (p, d)");
        session.done("INSERT INTO $t PARTITION (p = 1, d = DATE '2026-01-01') VALUES (1), (2)");
        session.done("INSERT INTO $t PARTITION (P = 2, d) SELECT 3, DATE '2026-01-02'");
        session.done("INSERT INTO $t PARTITION (p, d) (d, p) VALUES (DATE '2026-01-03', 3)");
        session.done("INSERT INTO $t PARTITION (p = NULL, d = '2026-01-01') SELECT 4");
        assertThat(session.rows("SELECT * FROM $t ORDER BY a, p"))
                .isEqualTo("1,1,2026-01-01|2,1,2026-01-01|3,2,2026-01-02|4,null,2026-01-01|null,3,2026-01-03");
        assertThat(session.written("INSERT OVERWRITE $t PARTITION (p = 1) SELECT 5, DATE '2026-01-05'"))
                .isEqualTo(1);
        session.done("INSERT OVERWRITE $t PARTITION (p = NULL, d) SELECT 6, DATE '2026-01-06'");
        session.done("INSERT OVERWRITE TABLE $t PARTITION (p = 2, d = DATE '2026-01-09') SELECT 7");
        assertThat(session.rows("SELECT * FROM $t ORDER BY a, p"))
                .isEqualTo("3,2,2026-01-02|5,1,2026-01-05|6,null,2026-01-06|7,2,2026-01-09|null,3,2026-01-03");
        session.done("INSERT OVERWRITE $t PARTITION (p = 2) SELECT 1, NULL WHERE false");
        assertThat(session.rows("SELECT a FROM $t ORDER BY a")).isEqualTo("5|6|null");
    }

    @Test
    void thePartitionsThatRowsAreInAreReplaced() {
        session.done("CREATE TABLE $t (a INT, at TIMESTAMP) PARTITIONED BY (days(at))");
        session.done(
                "INSERT INTO $t VALUES (1, TIMESTAMP '2026-01-01 10:00:00'), (2, TIMESTAMP '2026-01-02 10:00:00')");
        String dynamic = "INSERT OVERWRITE $t WITH ('overwrite-mode' = 'dynamic') ";
        assertThat(session.written(
                        dynamic + "VALUES (3, TIMESTAMP '2026-01-02 11:00:00'), (4, TIMESTAMP '2026-01-03 0:0:0')"))
                .isEqualTo(2);
        assertThat(session.rows("SELECT a FROM $t ORDER BY a")).isEqualTo("1|3|4");
        assertThat(session.written(dynamic + "SELECT * FROM $t WHERE false")).isZero();
        assertThat(session.rows("SELECT a FROM $t ORDER BY a")).isEqualTo("1|3|4");
        session.done("ALTER TABLE $t ADD PARTITION FIELD a");
        assertThat(session.failed(dynamic + "VALUES (5, NULL)", 400)).contains("partitioned in another way");
        assertThat(session.written("INSERT OVERWRITE $t WITH ('overwrite-mode' = 'static') VALUES (6, NULL)"))
                .isEqualTo(1);
        assertThat(session.rows("SELECT a FROM $t")).isEqualTo("6");
    }

    @Test
    void rowsOfABranch() {
        session.done("CREATE TABLE $t PARTITIONED BY (a) AS SELECT i AS a, 'x' AS b FROM range(4) r(i)");
        session.done("ALTER TABLE $t CREATE BRANCH work");
        assertThat(session.written("INSERT INTO $t.branch_work VALUES (4, 'y')"))
                .isEqualTo(1);
        assertThat(session.written("UPDATE $t.branch_work AS w SET b = 'z' WHERE w.a = 4"))
                .isEqualTo(1);
        assertThat(session.written("DELETE FROM $t.branch_work WHERE a = 0")).isEqualTo(1);
        assertThat(
                        session.written(
                                "MERGE INTO $t.branch_work w USING (SELECT 1 AS a UNION SELECT 9) s ON w.a = s.a"
                                        + " WHEN MATCHED THEN UPDATE SET b = 'm' WHEN NOT MATCHED THEN INSERT (a, b) VALUES (s.a, 'n')"))
                .isEqualTo(2);
        session.done("INSERT OVERWRITE $t.branch_work PARTITION (a = 2) VALUES ('o')");
        assertThat(session.rows("SELECT a, b FROM $t.branch_work ORDER BY a")).isEqualTo("1,m|2,o|3,x|4,z|9,n");
        assertThat(session.rows("SELECT a, b FROM $t ORDER BY a")).isEqualTo("0,x|1,x|2,x|3,x");
        session.done("INSERT INTO $t VALUES (100, 'main')");
        assertThat(session.rows("SELECT count(*) FROM $t.branch_work")).isEqualTo("5");
        assertThat(session.rows("SELECT count(*) FROM $t")).isEqualTo("5");
        session.done("ALTER TABLE $t SET TBLPROPERTIES ('write.delete.mode' = 'merge-on-read')");
        assertThat(session.written("DELETE FROM $t.branch_work WHERE b = 'n'")).isEqualTo(1);
        session.done("TRUNCATE TABLE $t.branch_main");
        assertThat(session.rows("SELECT a FROM $t.branch_work ORDER BY a")).isEqualTo("1|2|3|4");
        session.done("TRUNCATE TABLE $t.branch_work");
        assertThat(session.rows("SELECT (SELECT count(*) FROM $t), (SELECT count(*) FROM $t.branch_work)"))
                .isEqualTo("0,0");
        assertThat(session.failed("INSERT INTO $t.branch_none VALUES (1, 'x')", 404))
                .contains("no branch none");
        session.done("ALTER TABLE $t CREATE TAG fixed");
        assertThat(session.failed("INSERT INTO $t.branch_fixed VALUES (1, 'x')", 404))
                .contains("no branch fixed");
        assertThat(session.failed("DELETE FROM $t.tag_fixed", 400)).contains("a tag stays");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INSERT INTO $t PARTITION (a = 1) SELECT 1, 'x'; invalid_request; PARTITION can name p",
                "INSERT INTO $t PARTITION (p = 'x') SELECT 1; type_error; partition",
                "INSERT INTO $t PARTITION (p = 1) (a, p) SELECT 1, 2; invalid_request; leave it out",
                "INSERT INTO $t PARTITION (p = 1, p = 2) SELECT 1; syntax_error; twice",
                "INSERT INTO $t PARTITION (p = 1, P = 2) SELECT 1; invalid_request; twice",
                "INSERT INTO $t PARTITION (p = 1) BY NAME SELECT 1 AS a; statement_not_allowed; not served",
                "INSERT INTO $t PARTITION (p = 1) SELECT 1, 2; binding_error; The query has 2 columns",
                "INSERT INTO $t PARTITION (p = (SELECT 1)) SELECT 1; syntax_error; constant",
                "INSERT OVERWRITE $t PARTITION (p) SELECT 1, 2; statement_not_allowed; Say which rows go",
                "INSERT INTO $t WITH ('overwrite-mode' = 'dynamic') SELECT 1, 2; syntax_error; INSERT OVERWRITE",
                "INSERT OVERWRITE $t WITH ('x' = 'y') SELECT 1, 2; syntax_error; overwrite-mode",
                "INSERT OVERWRITE $s.plain WITH ('overwrite-mode' = 'dynamic') SELECT 1; invalid_request; no partitions",
                "INSERT INTO $s.plain PARTITION (a = 1) SELECT 1; invalid_request; leave PARTITION out",
            })
    void whatCannotBeSaysSo(String statement, String code, String told) {
        session.done("CREATE TABLE $t (a INT, p INT) PARTITIONED BY (p)");
        session.done("CREATE TABLE $s.plain (a INT)");
        assertThat(session.failed(statement, 400)).startsWith(code).contains(told);
        assertThat(session.rows("SELECT count(*) FROM $t.snapshots")).isEqualTo("1");
    }

    @Test
    void anOlderPartitioningWithMixedFilesIsNotCut() {
        session.done("CREATE TABLE $t AS SELECT i % 2 AS p, i AS a FROM range(10) r(i)");
        session.done("ALTER TABLE $t ADD PARTITION FIELD p");
        assertThat(session.failed("INSERT OVERWRITE $t PARTITION (p = 1) SELECT 5", 400))
                .contains("use DELETE and INSERT");
        session.done("INSERT OVERWRITE $t SELECT * FROM $t");
        assertThat(session.written("INSERT OVERWRITE $t PARTITION (p = 1) SELECT 5"))
                .isEqualTo(1);
        assertThat(session.rows("SELECT count(*), sum(p) FROM $t")).isEqualTo("6,1");
    }

    @Test
    void filesHaveAboutTheSizeThatTheTableSays() {
        String query = " AS SELECT i, hash(i) AS h, hash(i + 7) AS k FROM range(1000000) r(i)";
        session.done("CREATE TABLE $s.whole" + query);
        session.done("CREATE TABLE $t TBLPROPERTIES ('write.target-file-size-bytes' = '4000000')" + query);
        session.done("CREATE TABLE $s.parts (i BIGINT, h BIGINT) PARTITIONED BY (bucket(2, i))"
                + " TBLPROPERTIES ('write.target-file-size-bytes' = '1500000')");
        session.done("INSERT INTO $s.parts SELECT i, (hash(i) >> 1)::BIGINT FROM range(1000000) r(i)");
        assertThat(files("whole")).isOne();
        assertThat(files("t")).isBetween(2L, 8L);
        assertThat(files("parts")).isGreaterThan(2);
        assertThat(session.written("UPDATE $t SET i = i + 1")).isEqualTo(1_000_000);
        assertThat(files("t")).isBetween(2L, 8L);
    }

    private long files(String table) {
        BaseTable found = CatalogTables.of(SERVER, session.table(table));
        return PartitionValues.tasks(found).size();
    }
}
