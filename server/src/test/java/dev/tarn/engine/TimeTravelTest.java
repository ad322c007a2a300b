package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.SampleTables;
import dev.tarn.catalog.CatalogTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Older versions of tables, with their own columns and with today's rights. */
class TimeTravelTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TABLE =
            SampleTables.make(SERVER, "id,name,salary,dept\n1,ann,100,shop\n2,bob,200,board\n");
    private static final List<Long> VERSIONS = new ArrayList<>();
    private static final List<Instant> TIMES = new ArrayList<>();

    /** Three versions: as loaded; one row more; other columns and one row more. */
    @BeforeAll
    static void makeVersions() {
        load("id,name,salary,dept\n3,cy,300,shop\n");
        BaseTable table = CatalogTables.of(SERVER, TABLE);
        table.manageSnapshots()
                .createTag("two", table.currentSnapshot().snapshotId())
                .createBranch("audit", table.currentSnapshot().snapshotId())
                .createTag("it's odd", table.currentSnapshot().snapshotId())
                .commit();
        // What was called name is secret now, and another column is called name.
        table.updateSchema().renameColumn("name", "secret").deleteColumn("dept").commit();
        table.updateSchema()
                .addColumn("name", Types.StringType.get())
                .addColumn("dept", Types.StringType.get())
                .commit();
        load("id,secret,salary,name,dept\n4,HIDDEN,400,dee,shop\n");
        for (HistoryEntry entry : CatalogTables.of(SERVER, TABLE).history()) {
            VERSIONS.add(entry.snapshotId());
            TIMES.add(Instant.ofEpochMilli(entry.timestampMillis()));
        }
    }

    private static void load(String csv) {
        RunningServer.Reply reply = SampleTables.load(SERVER, TABLE, "append", csv);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static String text(String statement) {
        return statement
                .replace("TABLE", TABLE)
                .replace("V1", VERSIONS.get(0).toString())
                .replace("V2", VERSIONS.get(1).toString())
                .replace("V3", VERSIONS.get(2).toString())
                // A time of the evening has T2 in it.
                .replace("'T1'", "'" + TIMES.get(0) + "'")
                .replace("'T2'", "'" + TIMES.get(1).toString().replace('T', ' ').replace("Z", "") + "'")
                .replace("'T3'", "'" + TIMES.get(2) + "'");
    }

    private static RunningServer.Reply run(String statement) {
        return SERVER.post(
                "/tarn/v1/statements",
                JSON.writeValueAsString(JSON.createObjectNode().put("statement", text(statement))));
    }

    private static String rows(String statement) {
        RunningServer.Reply reply = run(statement);
        assertThat(reply.status()).as(statement + " " + reply.body()).isEqualTo(200);
        return reply.json().get("rows").toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select count(*) from TABLE FOR VERSION AS OF V1 | [[2]]",
                "select count(*) from TABLE version as of V2 | [[3]]",
                "select count(*) from TABLE VERSION AS OF 'two' | [[3]]",
                "select count(*) from TABLE VERSION AS OF 'V1' | [[2]]",
                "select count(*) from TABLE FOR VERSION AS OF 'it''s odd' | [[3]]",
                "select count(*) from TABLE FOR SYSTEM_VERSION AS OF V1 | [[2]]",
                "select count(*) from TABLE FOR TIMESTAMP AS OF 'T1' | [[2]]",
                "select count(*) from TABLE TIMESTAMP AS OF 'T2' | [[3]]",
                "select count(*) from TABLE TIMESTAMP AS OF 'T3' | [[4]]",
                "select count(*) from TABLE FOR SYSTEM_TIME AS OF TIMESTAMP 'T2' | [[3]]",
                "select count(*) from TABLE TIMESTAMP AS OF '2999-01-01' | [[4]]",
                "select count(*) from TABLE TIMESTAMP AS OF '2999-01-01 10:00:00 +02:00' | [[4]]",
                "select count(*) from TABLE TIMESTAMP AS OF 32503680000 | [[4]]",
                "select count(*) from TABLE AT (VERSION => V1) | [[2]]",
                "select count(*) from TABLE o AT (VERSION => 'audit') | [[3]]",
                "select count(*) from TABLE as o AT (TIMESTAMP => TIMESTAMP 'T2') where o.id > 1 | [[2]]",
                "select count(*) from TABLE AT (TIMESTAMP => 'T1') | [[2]]",
                "select max(o.id) from TABLE VERSION AS OF V1 o | [[2]]",
                "select max(o.id) from TABLE VERSION AS OF V1 as o where o.id < 2 | [[1]]",
                "from TABLE /* c */ VERSION AS /* VERSION AS OF 3 */ OF V1 select max(id) -- VERSION AS OF 9 | [[2]]",
                "select (select count(*) from TABLE), (select count(*) from TABLE VERSION AS OF V1) | [[4,2]]",
                "select count(*) from TABLE a join TABLE VERSION AS OF V1 b using (id) | [[2]]",
                "select count(*) from TABLE VERSION AS OF V2 a anti join TABLE VERSION AS OF V1 b using (id) | [[1]]",
                "with w as (from TABLE VERSION AS OF V1) select count(*), 'x VERSION AS OF 3' from w | [[2,\"x VERSION AS OF 3\"]]",
                "select version as of, \"as\" from (select 1 as version, 2 as \"as\") | [[1,2]]",
                "select name, salary from TABLE VERSION AS OF V1 where name = 'ann' | [[\"ann\",100]]",
                "select secret, name from TABLE VERSION AS OF 'audit' where id = 1 | [[\"ann\",null]]",
                "select * from TABLE VERSION AS OF 'two' where id = 3 | [[3,\"cy\",300,\"shop\"]]",
                "select * from TABLE where id = 4 | [[4,\"HIDDEN\",400,\"dee\",\"shop\"]]"
            })
    void versions(String statement, String rows) {
        assertThat(rows(statement)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select * from TABLE VERSION AS OF 1 | 404 | version 1",
                "select * from TABLE VERSION AS OF 99999999999999999999 | 404 | 99999999999999999999",
                "select * from TABLE VERSION AS OF 'none' | 404 | branch or tag none",
                "select * from TABLE TIMESTAMP AS OF '1999-01-01' | 404 | 1999-01-01T00:00:00Z",
                "select * from TABLE AT (VERSION => 1) | 404 | version 1",
                "select * from nowhere.nothing VERSION AS OF 1 | 404 | nowhere",
                "select * from TABLE TIMESTAMP AS OF 'yesterday' | 400 | date or a time",
                "select * from TABLE AT (VERSION => 1 + 1) | 400 | snapshot's number",
                "select * from TABLE AT (TIMESTAMP => now()) | 400 | date or a time",
                "select * from TABLE AT (VERSION => (select 1)) | 400 | snapshot's number",
                "select * from TABLE AT (VERSION => getenv('HOME')) | 400 | snapshot's number",
                "select * from TABLE VERSION AS OF V1 AT (VERSION => V2) | 400 | right behind",
                "select * from range(3) VERSION AS OF V1 | 400 | ``",
                "with w as (select 1) select * from w VERSION AS OF V1 | 400 | right behind",
                "with w as (select 1) select * from w AT (VERSION => V1) | 400 | has no versions",
                "select * from (from TABLE) t VERSION AS OF V1 | 400 | right behind",
                "select dept from TABLE VERSION AS OF V1 where nothing = 1 | 400 | nothing",
                "select * from 'x.parquet' VERSION AS OF 3 | 400 | ``",
                "select * from read_parquet('x') VERSION AS OF 3 | 400 | ``",
                "select secret from TABLE VERSION AS OF V1 | 400 | secret"
            })
    void whatIsNoVersionIsSaid(String statement, int status, String word) {
        RunningServer.Reply reply = run(statement);
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().get("detail").asString()).contains(word);
    }

    @Test
    void placesOfErrorsAreThoseOfTheCallersText() {
        String statement = text("select a.id\nfrom TABLE a join TABLE\nVERSION AS OF V1 b on a.id = b.idd");
        RunningServer.Reply reply = run(statement);
        assertThat(reply.json().at("/position/offset").asInt()).as(reply.body()).isEqualTo(statement.indexOf("b.idd"));
        assertThat(reply.json().at("/position/line").asInt()).isEqualTo(3);
    }

    @Test
    void plansAndKeptResultsAreOfTheVersion() {
        RunningServer.Reply plan = SERVER.post(
                "/tarn/v1/statements/explain",
                JSON.writeValueAsString(JSON.createObjectNode()
                        .put("statement", text("select * from TABLE VERSION AS OF V1 where id = 1"))));
        assertThat(plan.json().at("/tables/0/rows_total").asLong())
                .as(plan.body())
                .isEqualTo(2);
        String kept = TABLE + "_kept";
        RunningServer.Reply reply = SERVER.post(
                "/tarn/v1/statements/export",
                JSON.writeValueAsString(JSON.createObjectNode()
                        .put("statement", text("select * from TABLE VERSION AS OF V1 o where o.id > 1"))
                        .put("table", kept)
                        .put("mode", "create")));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(rows("select * from " + kept)).isEqualTo("[[2,\"bob\",200,\"board\"]]");
        assertThat(rows("describe select * from TABLE VERSION AS OF V1"))
                .contains("dept")
                .doesNotContain("secret");
        assertThat(rows("explain select * from TABLE VERSION AS OF V1")).isNotEmpty();
    }

    /** Grants name the columns that there are now; what was called so once is another thing. */
    @ParameterizedTest
    @ValueSource(strings = {"VERSION AS OF V1", "VERSION AS OF 'two'", "VERSION AS OF 'audit'", "TIMESTAMP AS OF 'T2'"})
    void olderVersionsHaveTheGrantedColumnsAlone(String version) {
        LimitedUser user = LimitedUser.of(SERVER).reads(TABLE, List.of("id", "name"), null);
        String from = " from TABLE " + version + " ";
        assertThat(user.rows(text("select *" + from + "where id = 1"))).isEqualTo("[[1,null]]");
        assertThat(user.rows(text("select count(name), min(id)" + from))).isEqualTo("[[0,1]]");
        for (String hidden : List.of("secret", "salary", "dept")) {
            RunningServer.Reply reply = user.run(text("select " + hidden + from), "default");
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        }
        assertThat(user.run(text("explain select id" + from), "default").status())
                .isEqualTo(403);
        assertThat(user.run(text("select a.secret from TABLE " + version + " a join TABLE b using (id)"), "default")
                        .status())
                .isEqualTo(400);
        assertThat(user.rows(text("select * from TABLE " + version + " a join TABLE b using (id) where id = 1")))
                .isEqualTo("[[1,null,null]]");
    }

    @Test
    void olderVersionsHaveTheGrantedRowsAlone() {
        LimitedUser user = LimitedUser.of(SERVER).reads(TABLE, List.of(), "salary >= 200 and secret is not null");
        assertThat(user.rows(text("select id, secret from TABLE VERSION AS OF V1")))
                .isEqualTo("[[2,\"bob\"]]");
        assertThat(user.rows(text("select count(*) from TABLE VERSION AS OF V2")))
                .isEqualTo("[[2]]");
        assertThat(user.rows(text("select count(*) from TABLE"))).isEqualTo("[[3]]");
        // The column dept that the filter means is a new one, which older rows have no value in.
        LimitedUser other = LimitedUser.of(SERVER).reads(TABLE, List.of("id"), "dept = 'shop'");
        assertThat(other.rows(text("select id from TABLE VERSION AS OF V2"))).isEqualTo("[]");
        assertThat(other.rows(text("select id from TABLE"))).isEqualTo("[[4]]");
    }

    @Test
    void whoMayNotSeeTheTableSeesNoVersionOfIt() {
        LimitedUser user = LimitedUser.of(SERVER);
        for (String version : List.of("VERSION AS OF V1", "VERSION AS OF 1", "VERSION AS OF 'two'")) {
            RunningServer.Reply reply = user.run(text("select 1 from TABLE " + version), "default");
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.body()).doesNotContain("has no version");
        }
    }
}
