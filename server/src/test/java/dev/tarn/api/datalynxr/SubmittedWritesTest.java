package dev.tarn.api.datalynxr;

import static dev.tarn.api.datalynxr.SubmittedQueries.body;
import static dev.tarn.api.datalynxr.SubmittedQueries.get;
import static dev.tarn.api.datalynxr.SubmittedQueries.over;
import static dev.tarn.api.datalynxr.SubmittedQueries.submit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Statements that write, and scripts, sent to {@code POST /v1/sql/submit}. */
class SubmittedWritesTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private String table = "";
    private String namespace = "";

    @BeforeEach
    void load() {
        table = SampleTables.make(SERVER, "id,name\n1,Ada\n2,Grace\n3,Edsger\n");
        namespace = table.substring(0, table.lastIndexOf('.'));
    }

    private String named(String statement) {
        return statement.replace("TABLE_", table).replace("NS_", namespace);
    }

    private JsonNode done(String statement) {
        JsonNode answer = over(submit(SERVER, named(statement)));
        assertThat(answer.get("status").asString()).as(answer.toString()).isEqualTo("completed");
        return answer;
    }

    private JsonNode failed(String statement, String code) {
        JsonNode answer = over(submit(SERVER, named(statement)));
        assertThat(answer.get("status").asString()).as(answer.toString()).isEqualTo("failed");
        assertThat(answer.at("/error/code").asString()).isEqualTo(code);
        return answer;
    }

    private long count(String from) {
        Reply reply = SERVER.post("/v1/sql/execute", body("select count(*) as n from " + named(from)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().at("/rows/0/n").asLong();
    }

    @Test
    void whatWritesRowsSaysHowManyInEveryForm() {
        JsonNode answer = done("insert into TABLE_ select id + 10, name from TABLE_");

        assertThat(answer.get("rows")).hasToString("[{\"num_affected_rows\":3}]");
        assertThat(answer.get("columns")).hasToString("[{\"name\":\"num_affected_rows\",\"type\":\"BIGINT\"}]");
        assertThat(answer.get("bytes_scanned").asLong()).isPositive();
        String id = answer.get("query_id").asString();
        assertThat(get(id, "text/csv").body()).isEqualTo("num_affected_rows\r\n3\r\n");
        assertThat(get(id, "application/x-ndjson").body()).isEqualTo("{\"num_affected_rows\":3}\n");
        assertThat(get(id, "application/vnd.apache.arrow.stream").status()).isEqualTo(200);
        assertThat(count("TABLE_")).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table NS_.b (a bigint not null, b string)",
                "create table if not exists TABLE_ (a bigint)",
                "create or replace table TABLE_ as select 1 as a",
                "insert overwrite TABLE_ select 4, 'Barbara'",
                "truncate table TABLE_",
                "delete from TABLE_ where id = 2",
                "delete from TABLE_ where id = 77",
                "update TABLE_ set name = 'x' where id = 2",
                "merge into TABLE_ t using (select 2 as id) s on t.id = s.id when matched then delete",
                "alter table TABLE_ add column more string",
                "alter table TABLE_ rename to NS_.other",
                "comment on table TABLE_ is 'people'",
                "drop table TABLE_",
                "drop table if exists NS_.nothing",
                "create schema NS_.inner",
                "drop schema if exists NS_.nothing"
            })
    void everyChangeCanBeSubmitted(String statement) {
        done(statement);
    }

    @Test
    void whatTheyDoIsThere() {
        done("create table NS_.b as select * from TABLE_ where id > 1");
        done("alter table NS_.b rename column name to called");
        assertThat(count("NS_.b where called = 'Grace'")).isEqualTo(1);
        done("truncate table NS_.b");
        assertThat(count("NS_.b")).isZero();
        done("drop table NS_.b");
        failed("select * from NS_.b", "unknown_table");
    }

    @Test
    void oneThatFailsHasWrittenNothing() {
        failed("insert into TABLE_ select 'x', 'y'", "type_error");
        failed("insert into NS_.nothing select 1", "unknown_table");
        failed("create table TABLE_ (a int)", "already_exists");
        assertThat(count("TABLE_")).isEqualTo(3);
    }

    @Test
    void rightsAreLookedAtWhenItRuns() {
        LimitedUser reader = LimitedUser.of(SERVER, "Viewer");
        Reply reply = reader.post("/v1/sql/submit", body(named("insert into TABLE_ select 1, 'x'")));
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        String path = "/v1/sql/queries/" + reply.json().get("query_id").asString();
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (List.of("queued", "running")
                .contains(reader.get(path).json().get("status").asString())) {
            assertThat(Instant.now()).isBefore(end);
            pause();
        }
        assertThat(reader.get(path).json().at("/error/code").asString()).isEqualTo("unknown_namespace");
        assertThat(count("TABLE_")).isEqualTo(3);
    }

    @Test
    void aScriptIsTrueAsAWhole() {
        JsonNode answer = done("""
                BEGIN TRANSACTION;
                create table NS_.old as select * from TABLE_ where id = 1;
                insert into NS_.old select id, name from NS_.old;  -- reads what the script wrote
                alter table TABLE_ add column more bigint;
                insert into TABLE_ (id, name, more) select id + 100, name, 7 from NS_.old;
                COMMIT;""");

        assertThat(answer.get("columns"))
                .hasToString(
                        "[{\"name\":\"statement\",\"type\":\"BIGINT\"},{\"name\":\"num_affected_rows\",\"type\":\"BIGINT\"}]");
        assertThat(answer.get("rows"))
                .hasToString("[{\"statement\":1,\"num_affected_rows\":1},{\"statement\":2,\"num_affected_rows\":1},"
                        + "{\"statement\":3,\"num_affected_rows\":null},{\"statement\":4,\"num_affected_rows\":2}]");
        assertThat(count("NS_.old")).isEqualTo(2);
        assertThat(count("TABLE_ where more = 7")).isEqualTo(2);
        assertThat(count("TABLE_")).isEqualTo(5);
    }

    @Test
    void rowsThatTheScriptWroteAreChangedInIt() {
        JsonNode answer = done("""
                BEGIN;
                insert into TABLE_ select id + 10, name from TABLE_;
                delete from TABLE_ where id in (1, 11);
                update TABLE_ set name = 'Rear Admiral' where id in (2, 12);
                merge into TABLE_ t using (select 3 as id union all select 99) s on t.id = s.id
                    when matched then delete when not matched then insert (id, name) values (s.id, 'new');
                COMMIT""");

        assertThat(answer.get("rows")
                        .valueStream()
                        .map(row -> row.get("num_affected_rows").asLong()))
                .containsExactly(3L, 2L, 2L, 2L);
        assertThat(count("TABLE_")).isEqualTo(4);
        assertThat(count("TABLE_ where name = 'Rear Admiral'")).isEqualTo(2);
        assertThat(count("TABLE_ where id in (13, 99)")).isEqualTo(2);
    }

    @Test
    void aScriptThatFailsHasWrittenNothing() {
        failed("""
                BEGIN;
                create table NS_.b as select * from TABLE_;
                truncate table TABLE_;
                drop table NS_.b;
                insert into TABLE_ select 'x', 'y';
                COMMIT""", "type_error");

        assertThat(count("TABLE_")).isEqualTo(3);
        failed("select * from NS_.b", "unknown_table");
    }

    @Test
    void aTableThatIsDroppedAndMadeAnewIsTheNewOne() {
        done("BEGIN; drop table TABLE_; create table TABLE_ as select 9 as nine; COMMIT");
        assertThat(count("TABLE_ where nine = 9")).isEqualTo(1);
        done("BEGIN; create table NS_.b (a int); drop table NS_.b; COMMIT");
        failed("select * from NS_.b", "unknown_table");
    }

    @Test
    void namesAndSchemasChangeWithTheRest() {
        done("""
                BEGIN;
                create schema NS_.attic;
                alter table TABLE_ rename to NS_.attic.moved;
                insert into NS_.attic.moved select id + 10, name from NS_.attic.moved;
                create table TABLE_ as select 1 as other;
                create view NS_.attic.v as select id from NS_.attic.moved;
                alter view NS_.attic.v rename to NS_.attic.w;
                drop table TABLE_;
                undrop table TABLE_ as NS_.attic.back;
                COMMIT""");
        assertThat(count("NS_.attic.moved")).isEqualTo(6);
        assertThat(count("NS_.attic.w")).isEqualTo(6);
        assertThat(count("NS_.attic.back where other = 1")).isEqualTo(1);
        failed("select * from TABLE_", "unknown_table");
        done("""
                BEGIN;
                drop schema NS_.attic cascade;
                create schema NS_.attic;
                undrop table NS_.attic.moved as TABLE_;
                COMMIT""");
        assertThat(count("TABLE_")).isEqualTo(6);
        failed("select * from NS_.attic.back", "unknown_table");
        failed("BEGIN; drop schema NS_; COMMIT", "not_empty");
        failed(
                "BEGIN; alter table TABLE_ rename to NS_.y; alter table TABLE_ rename to NS_.z; COMMIT",
                "unknown_table");
        assertThat(count("TABLE_")).isEqualTo(6);
    }

    @Test
    void readersSeeOldTablesUntilAllIsNewAndWritersLoseNothing() throws InterruptedException {
        done("create table NS_.copy as select * from TABLE_");
        List<Long> seen = new ArrayList<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Reply reply = SERVER.post(
                        "/v1/sql/execute",
                        body(named("select (select count(*) from TABLE_) as a, (select count(*) from NS_.copy) as b")));
                seen.add(reply.json().at("/rows/0/a").asLong());
                pause();
            }
        });
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(submit(SERVER, named("""
                    BEGIN;
                    insert into TABLE_ select id, name from TABLE_ where id <= 3 limit 3;
                    insert into NS_.copy select id, name from TABLE_ where id <= 3 limit 3;
                    COMMIT""")));
        }
        long completed = ids.stream()
                .map(SubmittedQueries::over)
                .filter(answer -> answer.get("status").asString().equals("completed"))
                .count();
        reader.interrupt();
        reader.join();

        assertThat(completed).isPositive();
        assertThat(count("TABLE_")).isEqualTo(3 + 3 * completed);
        assertThat(count("NS_.copy")).isEqualTo(3 + 3 * completed);
        assertThat(seen).isNotEmpty().allSatisfy(rows -> assertThat(rows % 3).isZero());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BEGIN | syntax_error",
                "BEGIN; COMMIT | syntax_error",
                "BEGIN; truncate table TABLE_ | syntax_error",
                "BEGIN; truncate table TABLE_; ROLLBACK | syntax_error",
                "BEGIN; truncate table TABLE_; ROLLBACK; COMMIT | syntax_error",
                "BEGIN; truncate table TABLE_; COMMIT; select 1 | syntax_error",
                "BEGIN truncate table TABLE_; COMMIT | syntax_error",
                "BEGIN; select 1; COMMIT | statement_not_allowed",
                "BEGIN; show tables; COMMIT | statement_not_allowed",
                "BEGIN; insert into TABLE_ select * from read_csv('/etc/passwd'); COMMIT | statement_not_allowed",
                "BEGIN; insert into TABLE_ select from; COMMIT | syntax_error"
            })
    void whatCannotBeAScriptIsToldAtOnce(String script, String code) {
        Reply reply = SERVER.post("/v1/sql/submit", body(named(script)));

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().at("/error/code").asString()).as(reply.body()).isEqualTo(code);
        assertThat(count("TABLE_")).isEqualTo(3);
    }

    @Test
    void executeTakesOneStatement() {
        Reply reply = SERVER.post("/v1/sql/execute", body(named("BEGIN; truncate table TABLE_; COMMIT")));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/code").asString()).isEqualTo("statement_not_allowed");
        assertThat(count("TABLE_")).isEqualTo(3);
    }

    /** A key may not ask as often as this machine could. */
    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
