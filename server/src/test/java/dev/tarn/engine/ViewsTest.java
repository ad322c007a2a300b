package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Views, as a client of {@code /v1/sql/execute} sees them. */
class ViewsTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String space = "v" + UUID.randomUUID().toString().replace("-", "");

    @BeforeEach
    void aTable() {
        done("CREATE TABLE $s.emp (id BIGINT, name STRING, dept STRING, salary BIGINT)");
        done("INSERT INTO $s.emp VALUES (1, 'ann', 'shop', 100), (2, 'bob', 'shop', 200), (3, 'cid', 'lab', 300)");
    }

    private String body(String sql, String schema) {
        return JSON.writeValueAsString(JSON.createObjectNode()
                .put("statement", sql.replace("$s", space))
                .put("schema", schema));
    }

    private Reply sql(String text) {
        return SERVER.post("/v1/sql/execute", body(text, "default"));
    }

    private Reply done(String text) {
        Reply reply = sql(text);
        assertThat(reply.status()).as(text + ": " + reply.body()).isEqualTo(200);
        return reply;
    }

    private static String rows(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        StringBuilder text = new StringBuilder();
        reply.json().get("rows").forEach(row -> {
            text.append(text.isEmpty() ? "" : "|");
            StringBuilder line = new StringBuilder();
            row.forEach(value -> line.append(line.isEmpty() ? "" : ",").append(value.asString("null")));
            text.append(line);
        });
        return text.toString();
    }

    private String rows(String query) {
        return rows(sql(query));
    }

    private String failed(String text, int status) {
        return failed(sql(text), status);
    }

    private static String failed(Reply reply, int status) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        return reply.json().at("/error/code").asString() + " "
                + reply.json().at("/error/message").asString();
    }

    @Test
    void aViewIsMadeReadChangedAndRemoved() {
        done("CREATE VIEW $s.v AS SELECT dept, count(*), sum(salary) AS total FROM $s.emp GROUP BY dept");
        assertThat(rows("SELECT * FROM $s.v ORDER BY dept")).isEqualTo("lab,1,300|shop,2,300");
        assertThat(rows("SELECT total FROM $s.v WHERE \"count(1)\" = 2")).isEqualTo("300");
        assertThat(rows("DESCRIBE $s.v")).isEqualTo("dept,STRING,null|count(1),BIGINT,null|total,DECIMAL(38,0),null");
        assertThat(failed("CREATE VIEW $s.v AS SELECT 1 AS a", 409)).startsWith("already_exists");
        done("CREATE VIEW IF NOT EXISTS $s.v AS SELECT 1 AS a");
        done(
                "CREATE OR REPLACE VIEW $s.v (d COMMENT 'it''s a place', n) COMMENT 'said'\nAS SELECT dept, id FROM $s.emp -- end");
        assertThat(rows("SELECT n, d FROM $s.v ORDER BY n")).isEqualTo("1,shop|2,shop|3,lab");
        assertThat(rows("DESCRIBE $s.v")).isEqualTo("d,STRING,it's a place|n,BIGINT,null");
        assertThat(rows("SHOW CREATE TABLE $s.v"))
                .isEqualTo(("CREATE VIEW iceberg.$s.v (\n  d COMMENT 'it''s a place',\n  n)\nCOMMENT 'said'\n"
                                + "AS SELECT dept, id FROM $s.emp")
                        .replace("$s", space));
        done("ALTER VIEW $s.v RENAME TO $s.w");
        assertThat(failed("SELECT * FROM $s.v", 404)).startsWith("unknown_table");
        done("DROP VIEW $s.w");
        done("DROP VIEW IF EXISTS $s.w");
        assertThat(failed("DROP VIEW $s.w", 404)).startsWith("unknown_table");
        assertThat(rows("SELECT count(*) FROM $s.emp")).isEqualTo("3");
    }

    @Test
    void itStandsAmongTheTables() {
        done("CREATE VIEW $s.v COMMENT 'what it is' AS SELECT id AS number FROM $s.emp");
        assertThat(rows("SHOW TABLES IN $s")).isEqualTo("$s,emp,false|$s,v,false".replace("$s", space));
        assertThat(rows("SHOW VIEWS IN $s LIKE 'v*'")).isEqualTo(space + ",v,false");
        assertThat(
                        rows(
                                "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = '$s' ORDER BY 1"))
                .isEqualTo("emp,BASE TABLE|v,VIEW");
        assertThat(rows("SELECT table_name, is_updatable FROM information_schema.views WHERE table_schema = '$s'"))
                .isEqualTo("v,NO");
        assertThat(
                        rows(
                                "SELECT column_name FROM information_schema.columns WHERE table_schema = '$s' AND table_name = 'v'"))
                .isEqualTo("number");
        Reply listed = SERVER.get("/tarn/v1/tables?namespace=" + space);
        assertThat(listed.json().at("/tables/1/kind").asString())
                .as(listed.body())
                .isEqualTo("view");
        assertThat(listed.json().at("/tables/0/kind").asString()).isEqualTo("table");
        Reply described = SERVER.get("/tarn/v1/tables/" + space + ".v");
        assertThat(described.json().at("/description").asString()).isEqualTo("what it is");
        assertThat(described.json().at("/columns/0/name").asString()).isEqualTo("number");
        assertThat(SERVER.get("/tarn/v1/search?q=" + space + ".v").body()).contains(space + ".v\"");
        assertThat(failed("DROP SCHEMA $s", 409)).startsWith("not_empty");
        assertThat(failed("CREATE TABLE $s.v (a INT)", 409)).startsWith("already_exists");
        assertThat(failed("CREATE TABLE $s.V (a INT)", 409)).startsWith("already_exists");
        assertThat(failed("CREATE VIEW $s.emp AS SELECT 1 AS a", 409)).startsWith("already_exists");
        assertThat(rows("SELECT max(number) FROM $s.V")).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INSERT INTO $s.v VALUES (1); invalid_request; is a view",
                "INSERT OVERWRITE $s.v SELECT 1; invalid_request; is a view",
                "TRUNCATE TABLE $s.v; invalid_request; is a view",
                "DROP TABLE $s.v; invalid_request; is a view",
                "DROP TABLE IF EXISTS $s.v; invalid_request; is a view",
                "ALTER TABLE $s.v ADD COLUMN a INT; invalid_request; is a view",
                "ALTER TABLE $s.v RENAME TO $s.x; invalid_request; is a view",
                "COMMENT ON TABLE $s.v IS 'x'; invalid_request; is a view",
                "CREATE OR REPLACE TABLE $s.v AS SELECT 1 AS a; invalid_request; is a view",
                "CREATE OR REPLACE VIEW $s.emp AS SELECT 1 AS a; invalid_request; is a table",
                "DROP VIEW $s.emp; invalid_request; is a table",
                "DROP VIEW IF EXISTS $s.emp; invalid_request; is a table",
                "ALTER VIEW $s.emp RENAME TO $s.x; invalid_request; is a table",
                "ALTER VIEW $s.v SET TBLPROPERTIES ('a' = 'b'); statement_not_allowed; not served",
                "SHOW TBLPROPERTIES $s.v; none; ",
                "SELECT * FROM $s.v VERSION AS OF 1; invalid_request; no versions",
                "SELECT * FROM $s.v AT (VERSION => 1); invalid_request; no versions",
                "SELECT * FROM \"$s\".\"v$files\"; invalid_request; is a view",
                "SELECT * FROM $s.v.files; unknown_namespace; v",
                "CREATE VIEW $s.x AS SELECT nothing FROM $s.emp; binding_error; nothing",
                "CREATE VIEW $s.x AS SELECT * FROM $s.none; unknown_table; none",
                "CREATE VIEW $s.x AS SELECT * FROM $s.x; unknown_table; x",
                "CREATE OR REPLACE VIEW $s.v AS SELECT id FROM $s.v; binding_error; read itself",
                "CREATE OR REPLACE VIEW $s.v AS SELECT id FROM $s.over; binding_error; read itself",
                "CREATE VIEW $s.x (a) AS SELECT 1, 2; binding_error; 2",
                "CREATE VIEW $s.x (a, A) AS SELECT 1, 2; invalid_request; twice",
                "CREATE VIEW $s.x AS SELECT :p AS a; invalid_request; p",
                "CREATE VIEW $s.x AS SELECT ? AS a; statement_not_allowed; name",
                "CREATE VIEW $s.x AS SELECT * FROM read_csv('/etc/passwd'); statement_not_allowed; read_csv",
                "CREATE VIEW $s.x AS DELETE FROM $s.emp; syntax_error; a query",
                "CREATE VIEW information_schema.x AS SELECT 1 AS a; invalid_request; belongs to SQL",
                "CREATE TEMP VIEW $s.x AS SELECT 1; statement_not_allowed; not served",
            })
    void whatCannotBeIsRefusedAndChangesNothing(String line, String code, String told) {
        done("CREATE VIEW $s.v AS SELECT id FROM $s.emp");
        done("CREATE VIEW $s.over AS SELECT id FROM $s.v");
        Reply reply = sql(line);
        assertThat(reply.json().at("/error/code").asString("none"))
                .as(reply.body())
                .isEqualTo(code);
        assertThat(reply.json().at("/error/message").asString("")).containsIgnoringCase(told == null ? "" : told);
        assertThat(reply.body()).doesNotContain("/work", "/tmp", " c0");
        assertThat(rows("SELECT count(*) FROM $s.over")).isEqualTo("3");
        assertThat(rows("SELECT count(*) FROM $s.emp")).isEqualTo("3");
        assertThat(rows("SHOW VIEWS IN $s")).isEqualTo("$s,over,false|$s,v,false".replace("$s", space));
    }

    /** Whoever reads it, from wherever: its names are those of where it was made. */
    @Test
    void namesAreThoseOfWhereItWasMade() {
        Reply made = SERVER.post(
                "/v1/sql/execute",
                body(
                        "CREATE VIEW v AS WITH big AS (SELECT * FROM emp WHERE salary > 100) SELECT name FROM big",
                        space));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(rows("SELECT * FROM $s.v ORDER BY 1")).isEqualTo("bob|cid");
        assertThat(
                        rows(
                                "WITH emp AS (SELECT 'taken' AS name, 999 AS salary), big AS (SELECT 'taken' AS name) SELECT * FROM $s.v ORDER BY 1"))
                .as("a CTE outside does not capture what is inside")
                .isEqualTo("bob|cid");
        assertThat(failed("SELECT * FROM $s.v, big", 404))
                .as("nor the other way round")
                .startsWith("unknown_table");
        done("CREATE TABLE IF NOT EXISTS default.big (name STRING)");
        assertThat(rows("SELECT count(*) FROM $s.v, big")).isEqualTo("0");
        assertThat(rows("WITH v AS (SELECT 1 AS name) SELECT * FROM v")).isEqualTo("1");
    }

    @Test
    void viewsReadViewsVersionsAndMetadata() {
        String first = rows("SELECT max_by(snapshot_id, committed_at) FROM $s.emp.snapshots");
        done("INSERT INTO $s.emp VALUES (4, 'dan', 'lab', 400)");
        done("CREATE VIEW $s.past AS SELECT * FROM $s.emp VERSION AS OF " + first);
        done("CREATE VIEW $s.both AS SELECT p.id FROM $s.past p JOIN $s.emp e USING (id)");
        done("CREATE VIEW $s.log AS SELECT operation FROM $s.emp.snapshots");
        assertThat(rows("SELECT count(*) FROM $s.past")).isEqualTo("3");
        assertThat(rows("SELECT (SELECT count(*) FROM $s.both), count(*) FROM $s.emp"))
                .isEqualTo("3,4");
        assertThat(rows("SELECT count(*) FROM $s.past a, $s.past b, $s.both")).isEqualTo("27");
        assertThat(Integer.parseInt(rows("SELECT count(*) FROM $s.log"))).isGreaterThan(1);
        done("CREATE TABLE $s.kept AS SELECT * FROM $s.both");
        assertThat(rows("SELECT count(*) FROM $s.kept")).isEqualTo("3");
        assertThat(
                        rows(
                                "FROM (PIVOT $s.past ON dept IN ('lab', 'shop') USING sum(salary) GROUP BY name) ORDER BY name"))
                .isEqualTo("ann,null,100|bob,null,200|cid,300,null");
        StringBuilder deep = new StringBuilder("SELECT id FROM $s.emp");
        for (int i = 1; i <= 16; i++) {
            done("CREATE VIEW $s.d" + i + " AS " + deep);
            deep = new StringBuilder("SELECT * FROM $s.d" + i);
        }
        assertThat(rows("SELECT count(*) FROM $s.d16")).isEqualTo("4");
        assertThat(failed("SELECT * FROM $s.d17", 404)).startsWith("unknown_table");
        assertThat(failed("CREATE VIEW $s.d17 AS SELECT * FROM $s.d16", 400)).contains("16 deep");
    }

    @Test
    void itTellsWhenItsTableIsAnother() {
        done("CREATE VIEW $s.v AS SELECT * FROM $s.emp");
        done("ALTER TABLE $s.emp ADD COLUMN age INT FIRST");
        assertThat(rows("SELECT * FROM $s.v WHERE id = 1"))
                .as("its columns stay")
                .isEqualTo("1,ann,shop,100");
        done("ALTER TABLE $s.emp RENAME COLUMN name TO who");
        assertThat(failed("SELECT * FROM $s.v", 400)).contains("does not fit", "name", "OR REPLACE");
        done("DROP TABLE $s.emp");
        String gone = failed("SELECT * FROM $s.v", 404);
        assertThat(gone).startsWith("unknown_table").contains("emp");
        done("CREATE TABLE $s.emp (id STRING, name STRING, dept STRING, salary BIGINT)");
        assertThat(failed("SELECT * FROM $s.v", 400)).contains("id was BIGINT and is VARCHAR");
        done("CREATE OR REPLACE TABLE $s.emp (id INT, name STRING, dept STRING, salary BIGINT)");
        assertThat(rows("SELECT * FROM $s.v")).isEmpty();
        done("CREATE VIEW $s.loop AS SELECT id FROM $s.v");
        done("ALTER VIEW $s.v RENAME TO $s.other");
        done("ALTER VIEW $s.loop RENAME TO $s.v");
        assertThat(failed("SELECT * FROM $s.v", 400)).contains("reads itself");
    }

    @Test
    void everybodyReadsWithTheirOwnRights() {
        done("CREATE VIEW $s.v AS SELECT id, name, salary FROM $s.emp");
        done("CREATE VIEW $s.names AS SELECT id, name FROM $s.emp");
        LimitedUser user = LimitedUser.of(SERVER);
        String hidden = failed(user.post("/v1/sql/execute", body("SELECT * FROM $s.v", "default")), 404);
        assertThat(hidden).startsWith("unknown_namespace");
        user.reads("iceberg." + space + ".v", List.of(), null);
        Reply unread = user.post("/v1/sql/execute", body("SELECT * FROM $s.v", "default"));
        Reply table = user.post("/v1/sql/execute", body("SELECT * FROM $s.emp", "default"));
        assertThat(failed(unread, 404)).as("in the words of the table").isEqualTo(failed(table, 404));
        assertThat(failed(user.post("/v1/sql/execute", body("SHOW CREATE VIEW $s.v", "default")), 404))
                .isEqualTo(failed(table, 404));
        user.reads("iceberg." + space + ".names", List.of(), null);
        user.reads("iceberg." + space + ".emp", List.of("id", "name"), "dept = 'shop'");
        assertThat(rows(user.post("/v1/sql/execute", body("SELECT * FROM $s.names ORDER BY id", "default"))))
                .isEqualTo("1,ann|2,bob");
        String refused = failed(user.post("/v1/sql/execute", body("SELECT id FROM $s.v", "default")), 400);
        assertThat(refused).contains("binding_error", "than you may see").doesNotContain("salary");
        assertThat(failed(user.post("/v1/sql/execute", body("SHOW CREATE VIEW $s.v", "default")), 403))
                .doesNotContain("salary");
        assertThat(failed(user.post("/v1/sql/execute", body("EXPLAIN SELECT * FROM $s.names", "default")), 403))
                .startsWith("forbidden");
        for (String statement : List.of(
                "DROP VIEW $s.names",
                "CREATE OR REPLACE VIEW $s.names AS SELECT 1 AS id",
                "ALTER VIEW $s.names RENAME TO $s.x",
                "CREATE VIEW $s.x AS SELECT 1 AS a")) {
            assertThat(failed(user.post("/v1/sql/execute", body(statement, "default")), 403))
                    .as(statement)
                    .startsWith("forbidden");
        }
        assertThat(rows("SELECT count(*) FROM $s.names")).isEqualTo("3");
    }

    @Test
    void itStandsInScriptsAndIsSubmitted() {
        Reply reply = SERVER.post(
                "/v1/sql/submit",
                body(
                        "BEGIN; CREATE TABLE $s.t AS SELECT 7 AS a; CREATE VIEW $s.v AS SELECT a + 1 AS b FROM $s.t; "
                                + "INSERT INTO $s.t SELECT b::int FROM $s.v; COMMIT",
                        "default"));
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        String id = reply.json().get("query_id").asString();
        dev.tarn.access.Eventually.holds(() -> {
            Reply polled = SERVER.get("/v1/sql/queries/" + id);
            assertThat(polled.json().get("status").asString()).as(polled.body()).isEqualTo("completed");
        });
        assertThat(rows("SELECT * FROM $s.v ORDER BY 1")).isEqualTo("8|9");
    }

    @Test
    void itIsAudited() {
        done("CREATE VIEW $s.v AS SELECT id FROM $s.emp");
        done("CREATE OR REPLACE VIEW $s.v AS SELECT name FROM $s.emp");
        done("DROP VIEW $s.v");
        String trail = SERVER.get("/tarn/v1/audit?resource=table:iceberg." + space + ".v")
                .body();
        assertThat(trail).contains("\"create\"").contains("\"drop\"").contains("\"view\"");
    }
}
