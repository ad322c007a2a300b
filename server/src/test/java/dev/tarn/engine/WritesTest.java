package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.access.Grants;
import dev.tarn.access.NewGrant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Statements that write, as a client of {@code /v1/sql/execute} sees them. */
class WritesTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String space = "w" + UUID.randomUUID().toString().replace("-", "");
    private final String table = "iceberg." + space + ".t";

    private static String body(String sql) {
        return JSON.writeValueAsString(JSON.createObjectNode().put("statement", sql));
    }

    private Reply sql(String text) {
        return SERVER.post("/v1/sql/execute", body(text.replace("$t", table).replace("$s", space)));
    }

    private Reply done(String text) {
        Reply reply = sql(text);
        assertThat(reply.status()).as(text + ": " + reply.body()).isEqualTo(200);
        return reply;
    }

    private long written(String text) {
        return done(text).json().at("/rows/0/num_affected_rows").asLong(-1);
    }

    /** Rows as one text: values with commas, rows with bars. */
    private String rows(String query) {
        StringBuilder text = new StringBuilder();
        done(query).json().get("rows").forEach(row -> {
            text.append(text.isEmpty() ? "" : "|");
            StringBuilder line = new StringBuilder();
            row.forEach(value -> line.append(line.isEmpty() ? "" : ",").append(value.asString("null")));
            text.append(line);
        });
        return text.toString();
    }

    private String failed(String text, int status) {
        Reply reply = sql(text);
        assertThat(reply.status()).as(text + ": " + reply.body()).isEqualTo(status);
        return reply.json().at("/error/code").asString() + " "
                + reply.json().at("/error/message").asString();
    }

    @Test
    void aTableIsMadeFilledAndRemoved() {
        done(
                "CREATE TABLE $t (id BIGINT NOT NULL, name STRING COMMENT 'how it is called', price DECIMAL(9,2), tags ARRAY<STRING>)");
        assertThat(rows("DESCRIBE $t"))
                .isEqualTo(
                        "id,BIGINT,null|name,STRING,how it is called|price,DECIMAL(9,2),null|tags,ARRAY<STRING>,null");
        assertThat(written("INSERT INTO $t VALUES (1, 'ann', 1.005, ['x']), (2, null, '7', null)"))
                .isEqualTo(2);
        assertThat(written("INSERT INTO $t (name, id) SELECT 'n' || i, i FROM range(10, 13) r(i)"))
                .isEqualTo(3);
        assertThat(written("INSERT INTO $t BY NAME SELECT 99 AS ID, 2.5 AS price"))
                .isEqualTo(1);
        assertThat(rows("SELECT id, name, price, tags[1] FROM $t ORDER BY id"))
                .isEqualTo(
                        "1,ann,1.01,x|2,null,7.0,null|10,n10,null,null|11,n11,null,null|12,n12,null,null|99,null,2.5,null");
        assertThat(written("INSERT OVERWRITE $t SELECT id + 1, name, price, tags FROM $t WHERE id < 3"))
                .isEqualTo(2);
        assertThat(rows("SELECT id, name FROM $t ORDER BY id")).isEqualTo("2,ann|3,null");
        done("TRUNCATE TABLE $t");
        assertThat(rows("SELECT count(*) FROM $t")).isEqualTo("0");
        done("DROP TABLE $t");
        assertThat(failed("SELECT * FROM $t", 404)).startsWith("unknown_table");
        done("DROP TABLE IF EXISTS $t");
        assertThat(failed("DROP TABLE $t", 404)).startsWith("unknown_table");
    }

    @Test
    void aQueryMakesATable() {
        assertThat(written("CREATE TABLE $t AS SELECT 1 AS a, 'x' AS b")).isEqualTo(1);
        assertThat(failed("CREATE TABLE $t AS SELECT 2 AS a", 409)).startsWith("already_exists");
        assertThat(rows("CREATE TABLE IF NOT EXISTS $t AS SELECT 2 AS a")).isEmpty();
        done("CREATE TABLE IF NOT EXISTS $t (z INT)");
        assertThat(rows("SELECT * FROM $t")).isEqualTo("1,x");
        assertThat(written("CREATE OR REPLACE TABLE $t AS SELECT a + 1 AS a, 2.5::double AS c FROM $t"))
                .isEqualTo(1);
        assertThat(rows("SELECT * FROM $t")).isEqualTo("2,2.5");
        done("CREATE OR REPLACE TABLE $t (only_one INT)");
        assertThat(rows("SELECT * FROM $t")).isEmpty();
    }

    @Test
    void rowsComeFromAnOlderVersion() {
        done("CREATE TABLE $t AS SELECT 1 AS a");
        String first = rows("SELECT snapshot_id FROM $t.snapshots");
        done("INSERT INTO $t VALUES (2)");
        done("CREATE TABLE $s.before AS SELECT * FROM $t VERSION AS OF " + first);
        assertThat(rows("SELECT * FROM $s.before")).isEqualTo("1");
        assertThat(written("INSERT INTO $s.before SELECT * FROM $t FOR VERSION AS OF " + first + " WHERE a > 0"))
                .isEqualTo(1);
        assertThat(rows("SELECT * FROM $s.before")).isEqualTo("1|1");
    }

    @Test
    void columnsChangeAndValuesStay() {
        done("CREATE TABLE $t AS SELECT 1::int AS a, 1.5::float AS b, {'x': 1} AS s");
        done("ALTER TABLE $t ADD COLUMN c STRING COMMENT 'new' FIRST");
        done("ALTER TABLE $t ADD COLUMNS (d INT, s.y STRING)");
        done("ALTER TABLE $t RENAME COLUMN a TO number");
        done("ALTER TABLE $t ALTER COLUMN number TYPE BIGINT");
        done("ALTER TABLE $t ALTER COLUMN b SET DATA TYPE DOUBLE");
        done("ALTER TABLE $t DROP COLUMN d");
        done("INSERT INTO $t (number, c) VALUES (5000000000, 'second')");
        assertThat(rows("SELECT c, number, b, s.x, s.y FROM $t ORDER BY number"))
                .isEqualTo("null,1,1.5,1,null|second,5000000000,null,null,null");
        done("ALTER TABLE $t DROP COLUMN number");
        done("ALTER TABLE $t ADD COLUMN number STRING");
        assertThat(rows("SELECT number FROM $t"))
                .as("another column of the same name")
                .isEqualTo("null|null");
        done("COMMENT ON TABLE $t IS 'what it is'");
        done("COMMENT ON COLUMN $t.b IS 'a figure'");
        assertThat(rows("DESCRIBE $t")).contains("b,DOUBLE,a figure");
        assertThat(SERVER.get("/tarn/v1/tables/" + table).body()).contains("what it is");
        done("ALTER TABLE $t RENAME TO $s.other");
        assertThat(rows("SELECT count(*) FROM $s.other")).isEqualTo("2");
    }

    @Test
    void schemasAreMadeAndRemoved() {
        done("CREATE SCHEMA $s");
        assertThat(failed("CREATE SCHEMA $s", 409)).startsWith("already_exists");
        assertThat(failed("CREATE SCHEMA " + space.toUpperCase(java.util.Locale.ROOT), 409))
                .startsWith("already_exists");
        done("CREATE SCHEMA IF NOT EXISTS $s");
        done("CREATE TABLE $t (a INT)");
        assertThat(failed("DROP SCHEMA $s", 409)).startsWith("not_empty");
        done("DROP TABLE $t");
        done("DROP SCHEMA iceberg.$s");
        assertThat(failed("DROP SCHEMA $s", 404)).startsWith("unknown_namespace");
        done("DROP NAMESPACE IF EXISTS $s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INSERT INTO $t VALUES (1); binding_error; 2 are to be filled",
                "INSERT INTO $t SELECT 1 AS id, 2, 3; binding_error; The query has 3 columns",
                "INSERT INTO $t (id, nothing) VALUES (1, 2); binding_error; no column 'nothing'",
                "INSERT INTO $t (id, ID) VALUES (1, 2); binding_error; named twice",
                "INSERT INTO $t BY NAME SELECT 1 AS id, 2 AS b; binding_error; no column 'b'",
                "INSERT INTO $t VALUES ('x', 'y'); type_error; x",
                "INSERT INTO $t VALUES (1e30, 'y'); type_error; out of range",
                "INSERT INTO $t VALUES (null, 'y'); type_error; must have a value",
                "INSERT INTO $t (name) VALUES ('y'); binding_error; must have a value",
                "INSERT INTO $t SELECT * FROM no_such; unknown_table; no_such",
                "INSERT INTO $t SELECT id, nonsense FROM $t; binding_error; nonsense",
                "INSERT INTO $t SELECT * FROM read_csv('/etc/passwd'); statement_not_allowed; read_csv",
                "INSERT INTO $t DELETE FROM $t; syntax_error; a query",
                "INSERT INTO $t; syntax_error; a query",
                "INSERT $t VALUES (1); syntax_error; INTO",
                "CREATE TABLE $s.u (a INT, A INT); invalid_request; twice",
                "CREATE TABLE $s.u (a NONSENSE); type_error; NONSENSE",
                "CREATE TABLE $s.u (a INT) PARTITIONED BY (b); invalid_request; no column b",
                "CREATE TABLE $s.u (a INT) AS SELECT 1; syntax_error; end of the statement",
                "CREATE TABLE $s.\"t$files\" (a INT); invalid_request; metadata",
                "CREATE SCHEMA information_schema; invalid_request; belongs to SQL",
                "ALTER TABLE $t ADD COLUMN ID INT; already_exists; already",
                "ALTER TABLE $t RENAME COLUMN id TO name; already_exists; already",
                "ALTER TABLE $t ALTER COLUMN id TYPE INT; invalid_request; cannot be changed",
                "ALTER TABLE $t DROP COLUMN nothing; invalid_request; no column nothing",
                "ALTER TABLE $t RENAME TO $t; already_exists; exists already",
                "ALTER TABLE $s.none ADD COLUMN a INT; unknown_table; none",
                "ALTER TABLE $t SET LOCATION '/tmp'; statement_not_allowed; not served",
                "COPY $t TO 'x'; statement_not_allowed; cannot begin",
            })
    void whatCannotBeIsRefusedAndChangesNothing(String statement, String code, String told) {
        done("CREATE TABLE $t (id BIGINT NOT NULL, name STRING)");
        done("INSERT INTO $t VALUES (7, 'kept')");
        Reply reply = sql(statement);
        assertThat(reply.json().at("/error/code").asString()).as(reply.body()).isEqualTo(code);
        assertThat(reply.json().at("/error/message").asString()).containsIgnoringCase(told);
        assertThat(reply.body()).doesNotContain("/work", "/tmp", " c0");
        assertThat(rows("SELECT * FROM $t")).isEqualTo("7,kept");
        assertThat(rows("DESCRIBE $t")).isEqualTo("id,BIGINT,null|name,STRING,null");
    }

    @Test
    void parametersAreOfTheQuery() {
        done("CREATE TABLE $t (id BIGINT, name STRING)");
        Reply reply = SERVER.post(
                "/tarn/v1/statements",
                JSON.writeValueAsString(JSON.createObjectNode()
                        .put("statement", "INSERT INTO " + table + " SELECT 1, :name")
                        .set("parameters", JSON.createObjectNode().put("name", "it's"))));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(rows("SELECT name FROM $t")).isEqualTo("it's");
    }

    @Test
    void oneWritesOnlyWhatOneMay() {
        done("CREATE TABLE $t (id BIGINT, name STRING, salary BIGINT)");
        done("INSERT INTO $t VALUES (1, 'ann', 100)");
        LimitedUser user = LimitedUser.of(SERVER).reads(table, List.of("id", "name"), null);
        for (String statement : List.of(
                "INSERT INTO $t SELECT * FROM $t",
                "INSERT OVERWRITE $t SELECT * FROM $t",
                "TRUNCATE TABLE $t",
                "DROP TABLE $t",
                "ALTER TABLE $t ADD COLUMN x INT",
                "ALTER TABLE $t RENAME TO $s.x",
                "COMMENT ON TABLE $t IS 'x'",
                "CREATE TABLE $s.x AS SELECT 1 AS a",
                "CREATE SCHEMA $s_x_",
                "DROP SCHEMA $s")) {
            Reply reply = user.post(
                    "/v1/sql/execute", body(statement.replace("$t", table).replace("$s", space)));
            assertThat(reply.status()).as(statement + reply.body()).isEqualTo(403);
        }
        SERVER.bean(Grants.class)
                .create(
                        SERVER.admin(),
                        new NewGrant(user.name(), "insert", "table:" + table, Optional.empty(), Optional.empty()));
        Reply added = user.post("/v1/sql/execute", body("INSERT INTO " + table + " SELECT id + 1, name FROM " + table));
        assertThat(added.status()).as(added.body()).isEqualTo(200);
        Reply hidden = user.post("/v1/sql/execute", body("INSERT INTO " + table + " (salary) SELECT 1"));
        Reply missing = user.post("/v1/sql/execute", body("INSERT INTO " + table + " (nothing) SELECT 1"));
        assertThat(hidden.json().at("/error/message").asString())
                .isEqualTo(missing.json().at("/error/message").asString().replace("nothing", "salary"));
        assertThat(rows("SELECT * FROM $t ORDER BY id")).isEqualTo("1,ann,100|2,ann,null");
    }

    @Test
    void historyAndAuditTellOfThem() {
        String id = done("CREATE TABLE $t AS SELECT 1 AS a FROM range(3)")
                .json()
                .get("query_id")
                .asString();
        assertThat(id).startsWith("qry_");
        dev.tarn.access.Eventually.holds(() -> {
            assertThat(SERVER.get("/tarn/v1/statements?text=" + space).body()).contains("CREATE TABLE");
            assertThat(SERVER.get("/tarn/v1/audit?resource=table:" + table).body())
                    .contains("\"rows\":3");
        });
    }
}
