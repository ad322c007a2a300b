package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.SampleTables;
import dev.tarn.access.Grants;
import dev.tarn.access.NewGrant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever may add rows to a table, and read some of its columns, learns of no other column by adding. */
class LimitedWritesTest {
    private static final RunningServer SERVER = RunningServer.shared();

    private final String people = SampleTables.make(SERVER, "id,name,salary,dept\n1,ann,100,shop\n");
    private final LimitedUser user = LimitedUser.of(SERVER).reads(people, List.of("id", "name"), null);

    @BeforeEach
    void mayAdd() {
        may("insert");
    }

    private void may(String verb) {
        SERVER.bean(Grants.class)
                .create(
                        SERVER.admin(),
                        new NewGrant(user.name(), verb, "table:" + people, Optional.empty(), Optional.empty()));
    }

    private RunningServer.Reply load(String more, String csv) {
        return user.send("/tarn/v1/loads?filename=a.csv&mode=append&table=" + people + more, "text/csv", csv);
    }

    private String rows() {
        return SERVER.post("/tarn/v1/statements", "{\"statement\":\"select * from " + people + " order by id, name\"}")
                .json()
                .get("rows")
                .toString();
    }

    @Test
    void rowsAreAddedAndTheHiddenColumnsStayEmpty() {
        RunningServer.Reply reply = load("", "name,id\nbob,2\n");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).doesNotContain("salary", "dept");
        RunningServer.Reply noHeader = load("&header=false", "3,cy\n");
        assertThat(noHeader.status()).as(noHeader.body()).isEqualTo(200);
        RunningServer.Reply json = user.send(
                "/tarn/v1/loads?filename=a.ndjson&mode=append&table=" + people,
                "application/x-ndjson",
                "{\"id\":4,\"name\":\"dee\"}\n");
        assertThat(json.status()).as(json.body()).isEqualTo(200);
        assertThat(json.body()).doesNotContain("salary", "dept");
        RunningServer.Reply kept = user.post(
                "/tarn/v1/statements/export",
                "{\"statement\":\"select 5::bigint as id, 'eve' as name\",\"table\":\"%s\",\"mode\":\"append\"}"
                        .formatted(people));
        assertThat(kept.status()).as(kept.body()).isEqualTo(200);
        assertThat(rows())
                .isEqualTo(
                        "[[1,\"ann\",100,\"shop\"],[2,\"bob\",null,null],[3,\"cy\",null,null],[4,\"dee\",null,null],[5,\"eve\",null,null]]");
    }

    @ParameterizedTest
    @CsvSource({
        "'', a.csv, 'id,COLUMN\n2,5\n'",
        "&add_columns=true, a.csv, 'id,COLUMN\n2,5\n'",
        "&add_columns=true, a.csv, 'id,COLUMN\n2,x\n'",
        "&header=false, a.csv, '2,x,COLUMN\n'",
        "&header=false, a.csv, '2,x,5,COLUMN\n'",
        "'', a.ndjson, '{\"id\":2,\"COLUMN\":5}\n'",
        "'', a.ndjson, '{\"id\":2,\"COLUMN\":{\"a\":1}}\n'",
        "&add_columns=true, a.ndjson, '{\"id\":2,\"COLUMN\":{\"a\":1}}\n'"
    })
    void aHiddenColumnIsAsOneThatIsNotThere(String more, String file, String content) {
        RunningServer.Reply hidden = answer(more, file, content, "salary");
        RunningServer.Reply none = answer(more, file, content, "bonus");
        assertThat(hidden.status()).as(hidden.body()).isIn(400, 403);
        assertThat(told(hidden)).isEqualTo(told(none).replace("bonus", "salary"));
        assertThat(hidden.body()).doesNotContain("dept");
        assertThat(rows()).isEqualTo("[[1,\"ann\",100,\"shop\"]]");
    }

    private RunningServer.Reply answer(String more, String file, String content, String column) {
        return user.send(
                "/tarn/v1/loads?filename=" + file + "&mode=append&table=" + people + more,
                file.endsWith("csv") ? "text/csv" : "application/x-ndjson",
                content.replace("COLUMN", column));
    }

    private static String told(RunningServer.Reply reply) {
        return reply.status() + " " + reply.json().get("code") + " "
                + reply.json().get("detail");
    }

    @Test
    void theLoadOfSomebodyWhoSeesMoreIsAnsweredInPart() {
        String csv = "id,name,salary\n2,bob,200\n";
        assertThat(SampleTables.load(SERVER, people, "append", csv).status()).isEqualTo(200);
        RunningServer.Reply again = load("&once=true", csv);
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.json().get("repeated").asBoolean()).isTrue();
        assertThat(again.body()).contains("name").doesNotContain("salary", "dept");
    }

    @Test
    void nothingIsSaidAboutAHiddenColumn() {
        may("alter");
        RunningServer.Reply hidden = describe("salary");
        assertThat(hidden.status()).as(hidden.body()).isEqualTo(400);
        assertThat(told(hidden)).isEqualTo(told(describe("bonus")).replace("bonus", "salary"));
        RunningServer.Reply seen = describe("name");
        assertThat(seen.status()).as(seen.body()).isEqualTo(200);
        assertThat(seen.body()).doesNotContain("salary", "dept");
    }

    private RunningServer.Reply describe(String column) {
        return user.patch(
                "/tarn/v1/tables/" + people, "{\"columns\": {\"%s\": {\"description\": \"x\"}}}".formatted(column));
    }

    @Test
    void aResultThatIsAddedIsRefusedWithTheSameWords() {
        String keep = "{\"statement\":\"select 2::bigint as id, 5 as %s\",\"table\":\"%s\",\"mode\":\"append\"}";
        RunningServer.Reply hidden = user.post("/tarn/v1/statements/export", keep.formatted("salary", people));
        RunningServer.Reply none = user.post("/tarn/v1/statements/export", keep.formatted("bonus", people));
        assertThat(hidden.status()).as(hidden.body()).isEqualTo(400);
        assertThat(told(hidden)).isEqualTo(told(none).replace("bonus", "salary"));
    }
}
