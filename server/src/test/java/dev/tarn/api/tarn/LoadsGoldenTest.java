package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.SampleTables;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code POST /tarn/v1/loads}. */
class LoadsGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    private static String newTable() {
        return "iceberg.l" + UUID.randomUUID().toString().replace("-", "") + ".people";
    }

    private static long count(String table) {
        return SERVER.post("/tarn/v1/statements", "{\"statement\": \"select count(*) from %s\"}".formatted(table))
                .json()
                .get("rows")
                .get(0)
                .get(0)
                .asLong();
    }

    @Test
    void aFileBecomesATable() {
        String table = newTable();
        RunningServer.Reply reply = SampleTables.load(
                SERVER, table, "create", "id,name,born,paid\n1,Ada,1815-12-10,1.50\n2,Grace,1906-12-09,\n");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode body = reply.json();
        assertThat(List.copyOf(body.propertyNames()))
                .containsExactly(
                        "id",
                        "state",
                        "table",
                        "mode",
                        "file_name",
                        "user",
                        "started_at",
                        "finished_at",
                        "rows",
                        "rejected_rows",
                        "files",
                        "bytes_total",
                        "bytes_read",
                        "bytes_written",
                        "fraction",
                        "columns",
                        "snapshot_id",
                        "elapsed_ms",
                        "options",
                        "warnings",
                        "repeated",
                        "error");
        assertThat(body.get("state").asString()).isEqualTo("completed");
        assertThat(body.get("file_name").asString()).isEqualTo("people.csv");
        assertThat(body.get("user").get("name").asString()).isEqualTo("admin");
        assertThat(body.get("rejected_rows").asLong()).isZero();
        assertThat(body.get("bytes_total").asLong()).isEqualTo(60);
        assertThat(body.get("fraction").asDouble()).isEqualTo(1);
        assertThat(body.get("repeated").asBoolean()).isFalse();
        assertThat(body.get("error").isNull()).isTrue();
        assertThat(SERVER.get("/tarn/v1/loads/" + body.get("id").asString()).json())
                .isEqualTo(body);
        assertThat(body.get("table").asString()).isEqualTo(table);
        assertThat(body.get("mode").asString()).isEqualTo("create");
        assertThat(body.get("rows").asLong()).isEqualTo(2);
        assertThat(body.get("files").asLong()).isEqualTo(1);
        assertThat(body.get("bytes_read").asLong()).isEqualTo(60);
        assertThat(body.get("columns"))
                .hasToString("[{\"name\":\"id\",\"type\":\"BIGINT\"},{\"name\":\"name\",\"type\":\"STRING\"},"
                        + "{\"name\":\"born\",\"type\":\"DATE\"},{\"name\":\"paid\",\"type\":\"DECIMAL(18,2)\"}]");
        assertThat(count(table)).isEqualTo(2);
    }

    @Test
    void createRefusesATableThatExistsAppendAddsAndReplaceReplaces() {
        String table = SampleTables.make(SERVER, "id,name\n1,Ada\n");

        assertThat(SampleTables.load(SERVER, table, "create", "id,name\n2,Bob\n")
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("already_exists");
        assertThat(SampleTables.load(SERVER, table, "append", "name,id\nBob,2\nCyd,3\n")
                        .status())
                .isEqualTo(200);
        assertThat(count(table)).isEqualTo(3);
        assertThat(SampleTables.load(SERVER, table, "replace", "id,city\nx,Rome\n")
                        .status())
                .isEqualTo(200);
        assertThat(SERVER.post("/tarn/v1/statements", "{\"statement\": \"select * from %s\"}".formatted(table))
                        .json()
                        .get("rows"))
                .hasToString("[[\"x\",\"Rome\"]]");
        assertThat(SampleTables.load(SERVER, newTable(), "append", "id\n1\n").status())
                .isEqualTo(404);
        assertThat(SampleTables.load(SERVER, table, "upsert", "id\n1\n").status())
                .isEqualTo(400);
    }

    @Test
    void aBadRowStopsTheLoadAndIsNamed() {
        String table = SampleTables.make(SERVER, "id,name\n1,Ada\n");
        RunningServer.Reply reply = SampleTables.load(SERVER, table, "append", "id,name\n2,Bob\nthree,Cyd\n");

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        JsonNode problem = reply.json();
        assertThat(problem.get("code").asString()).isEqualTo("bad_row");
        assertThat(problem.get("file").asString()).isEqualTo("people.csv");
        assertThat(problem.get("line").asLong()).isEqualTo(3);
        assertThat(problem.get("column").asString()).isEqualTo("id");
        assertThat(problem.get("value").asString()).isEqualTo("three");
        assertThat(count(table)).isEqualTo(1);

        RunningServer.Reply ragged = SampleTables.load(SERVER, newTable(), "create", "id,name\n1,Ada\n2\n");
        assertThat(ragged.status()).as(ragged.body()).isEqualTo(400);
        assertThat(ragged.json().get("line").asLong()).isEqualTo(3);
    }

    @Test
    void anEmptyFileIsRefusedAndAHeaderAloneMakesColumnsOfText() {
        assertThat(SampleTables.load(SERVER, newTable(), "create", "")
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("bad_file");
        String table = newTable();
        JsonNode body = SampleTables.load(SERVER, table, "create", "id,name\n").json();
        assertThat(body.get("rows").asLong()).isZero();
        assertThat(body.get("columns"))
                .hasToString("[{\"name\":\"id\",\"type\":\"STRING\"},{\"name\":\"name\",\"type\":\"STRING\"}]");
        assertThat(count(table)).isZero();
    }

    @Test
    void whatWasCreatedCanBeAppendedAgain() {
        for (String header : new String[] {"a,,", "a,a,b", "a,A,b"}) {
            String table = SampleTables.make(SERVER, header + "\n1,2,3\n");
            RunningServer.Reply reply = SampleTables.load(SERVER, table, "append", header + "\n4,5,6\n");
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(SERVER.post(
                                    "/tarn/v1/statements",
                                    "{\"statement\": \"select * from %s order by 1\"}".formatted(table))
                            .json()
                            .get("rows"))
                    .hasToString("[[1,2,3],[4,5,6]]");
        }
    }

    @Test
    void aFormIsNoFileAndAReservedNameIsRefused() {
        assertThat(as("application/x-www-form-urlencoded", "id=1").status()).isEqualTo(415);
        assertThat(as("multipart/form-data; boundary=x", "id\n1\n").status()).isEqualTo(400);
        assertThat(as("application/json", "id\n1\n").status()).isEqualTo(400);
        for (String table : new String[] {"information_schema.t", "my.t$files"}) {
            assertThat(SampleTables.load(SERVER, table, "create", "id\n1\n").status())
                    .as(table)
                    .isEqualTo(400);
        }
        assertThat(SERVER.send(
                                "POST",
                                "/tarn/v1/loads?table=a.b&table=a.c",
                                "id\n1\n",
                                "Authorization",
                                "Bearer " + SERVER.key(),
                                "Content-Type",
                                "text/csv")
                        .status())
                .isEqualTo(400);
    }

    private static RunningServer.Reply as(String type, String body) {
        return SERVER.send(
                "POST",
                "/tarn/v1/loads?table=" + newTable(),
                body,
                "Authorization",
                "Bearer " + SERVER.key(),
                "Content-Type",
                type);
    }

    @Test
    void aMisspeltParameterIsNotIgnored() {
        RunningServer.Reply reply = SERVER.send(
                "POST",
                "/tarn/v1/loads?delimeter=;&table=" + newTable(),
                "id\n1\n",
                "Authorization",
                "Bearer " + SERVER.key());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("detail").asString()).contains("delimeter");
    }

    @Test
    void anIdempotencyKeyLoadsOnce() {
        String table = SampleTables.make(SERVER, "id\n1\n");
        String key = UUID.randomUUID().toString();
        RunningServer.Reply first = SampleTables.load(SERVER, table, "append", "id\n2\n", "Idempotency-Key", key);
        RunningServer.Reply again = SampleTables.load(SERVER, table, "append", "id\n2\n", "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(count(table)).isEqualTo(2);
        String create = newTable();
        String other = UUID.randomUUID().toString();
        assertThat(SampleTables.load(SERVER, create, "create", "id\n2\n", "Idempotency-Key", other)
                        .body())
                .isEqualTo(SampleTables.load(SERVER, create, "create", "id\n2\n", "Idempotency-Key", other)
                        .body());
        for (RunningServer.Reply another : List.of(
                SampleTables.load(SERVER, table, "replace", "id\n2\n", "Idempotency-Key", key),
                SampleTables.load(SERVER, table, "append", "id\n3\n", "Idempotency-Key", key))) {
            assertThat(another.json().get("code").asString()).isEqualTo("idempotency_conflict");
        }
        assertThat(count(table)).isEqualTo(2);
    }
}
