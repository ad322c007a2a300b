package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a load can be told: columns, new columns, rejects; and the preview before it. */
class LoadOptionsGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    private static String newTable() {
        return "iceberg.o" + UUID.randomUUID().toString().replace("-", "") + ".people";
    }

    private static Reply load(String query, String csv) {
        return SERVER.sendBody(
                "POST",
                "/tarn/v1/loads?filename=people.csv&" + query,
                HttpRequest.BodyPublishers.ofString(csv),
                "Content-Type",
                "text/csv",
                "Authorization",
                "Bearer " + SERVER.key());
    }

    private static JsonNode query(String statement) {
        Reply reply = SERVER.post("/tarn/v1/statements", "{\"statement\": \"%s\"}".formatted(statement));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().get("rows");
    }

    private static String upload(String csv) {
        return SERVER.sendBody(
                        "POST",
                        "/tarn/v1/uploads?filename=people.csv",
                        HttpRequest.BodyPublishers.ofString(csv),
                        "Content-Type",
                        "text/csv",
                        "Authorization",
                        "Bearer " + SERVER.key())
                .json()
                .get("id")
                .asString();
    }

    @Test
    void anAppendAddsColumnsWhenThatIsAsked() {
        String table = SampleTables.make(SERVER, "id,name\n1,Ada\n");
        Reply refused = load("mode=append&table=" + table, "id,born\n2,1906-12-09\n");
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);

        Reply added = load("mode=append&add_columns=true&table=" + table, "id,born\n2,1906-12-09\n");
        assertThat(added.status()).as(added.body()).isEqualTo(200);
        assertThat(query("select * from %s order by id".formatted(table)))
                .hasToString("[[1,\"Ada\",null],[2,null,\"1906-12-09\"]]");
        assertThat(query("select count(born), max(name) from " + table)).hasToString("[[1,\"Ada\"]]");
        assertThat(load("mode=create&add_columns=true&table=" + newTable(), "id\n1\n")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void columnsAreChosenNamedAndTyped() {
        String table = newTable();
        String columns = URLEncoder.encode(
                "[{\"source\":\"born\",\"name\":\"day\",\"type\":\"STRING\"},{\"source\":\"id\",\"type\":\"INT\"}]",
                StandardCharsets.UTF_8);
        Reply loaded = load("columns=%s&table=%s".formatted(columns, table), "id,name,born\n1,Ada,1815-12-10\n");
        assertThat(loaded.status()).as(loaded.body()).isEqualTo(200);
        assertThat(loaded.json().get("columns"))
                .hasToString("[{\"name\":\"day\",\"type\":\"STRING\"},{\"name\":\"id\",\"type\":\"INT\"}]");
        assertThat(query("select * from " + table)).hasToString("[[\"1815-12-10\",1]]");

        Reply wider = load("mode=append&table=" + table, "id,day\n5000000000,x\n");
        assertThat(wider.status()).as(wider.body()).isEqualTo(200);
        assertThat(query("select id from " + table + " order by id")).hasToString("[[1],[5000000000]]");
        assertThat(query("describe " + table).toString()).contains("BIGINT");
    }

    @Test
    void rowsThatDoNotFitAreLeftOutAndKept() {
        String table = newTable();
        String rejectsTable = newTable();
        String csv = "id,name\n1,Ada\n2,Bob,x\n3,\"C\nD\"\n4\n";
        Reply loaded = load("on_error=skip&rejects_table=%s&table=%s".formatted(rejectsTable, table), csv);
        assertThat(loaded.status()).as(loaded.body()).isEqualTo(200);
        assertThat(loaded.json().get("rows").asLong()).isEqualTo(2);
        assertThat(loaded.json().get("rejected_rows").asLong()).isEqualTo(2);
        String id = loaded.json().get("id").asString();

        Reply rejects = SERVER.get("/tarn/v1/loads/%s/rejects".formatted(id));
        assertThat(rejects.status()).isEqualTo(200);
        assertThat(rejects.header("Content-Type")).startsWith("text/csv");
        assertThat(rejects.header("Content-Disposition")).startsWith("attachment");
        assertThat(rejects.body()).startsWith("file,line,column,value,reason").contains("people.csv,3,");
        assertThat(loaded.json().get("warnings").toString()).doesNotContain("rejects were not written");
        assertThat(query("select line, load_id from %s order by line".formatted(rejectsTable)))
                .hasToString("[[3,\"%s\"],[6,\"%s\"]]".formatted(id, id));

        Reply again = load("mode=append&on_error=skip&rejects_table=%s&table=%s".formatted(rejectsTable, table), csv);
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(query("select count(*), count(distinct load_id) from " + rejectsTable))
                .hasToString("[[4,2]]");
        assertThat(load("rejects_table=a.b&table=" + newTable(), csv).status()).isEqualTo(400);
    }

    @Test
    void aLoadStandsWhenItsRejectsHaveNoPlace() {
        String table = newTable();
        String other = SampleTables.make(SERVER, "something\nelse\n");
        Reply loaded =
                load("on_error=skip&rejects_table=%s&table=%s".formatted(other, table), "id,name\n1,Ada\n2,Bob,x\n");
        assertThat(loaded.status()).as(loaded.body()).isEqualTo(200);
        assertThat(loaded.json().get("warnings").toString()).contains("rejects were not written to table " + other);
        assertThat(SERVER.get("/tarn/v1/loads/" + loaded.json().get("id").asString())
                        .json()
                        .get("warnings"))
                .isEqualTo(loaded.json().get("warnings"));
        assertThat(query("select count(*) from " + table)).hasToString("[[1]]");
    }

    @Test
    void aPreviewSaysWhatWouldBeLoaded() {
        String upload = upload("id;name\n1;Ada\n2;\n3;Cyd\n");
        String table = SampleTables.make(SERVER, "id\n1\n");
        Reply reply = SERVER.post(
                "/tarn/v1/loads/preview",
                "{\"upload\": \"%s\", \"rows\": 2, \"table\": \"%s\", \"mode\": \"append\"}".formatted(upload, table));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode seen = reply.json();
        assertThat(seen.get("options").get("delimiter").asString()).isEqualTo(";");
        assertThat(seen.get("options").get("format").asString()).isEqualTo("csv");
        assertThat(seen.get("files")).hasToString("[\"people.csv\"]");
        assertThat(seen.get("columns"))
                .hasToString("[{\"source\":\"id\",\"name\":\"id\",\"type\":\"BIGINT\"},"
                        + "{\"source\":\"name\",\"name\":\"name\",\"type\":\"STRING\"}]");
        assertThat(seen.get("rows")).hasToString("[[\"1\",\"Ada\"],[\"2\",null]]");
        assertThat(seen.get("warnings").toString()).contains("add_columns");
        assertThat(query("select count(*) from " + table)).hasToString("[[1]]");
        assertThat(SERVER.post("/tarn/v1/loads/preview", "{\"upload\": \"%s\", \"rows\": 0}".formatted(upload))
                        .status())
                .isEqualTo(400);
        assertThat(SERVER.post("/tarn/v1/loads/preview", "{}").status()).isEqualTo(400);
        SERVER.delete("/tarn/v1/uploads/" + upload);
    }
}
