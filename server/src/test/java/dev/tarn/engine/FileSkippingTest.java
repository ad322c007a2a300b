package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that cannot hold a wanted row are not read, and no row is lost by it. */
class FileSkippingTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final RandomQueries.Table TABLE = table("skipped");
    private static final RandomQueries.Table OTHER = table("other");

    private static RandomQueries.Table table(String name) {
        return new RandomQueries.Table(
                "iceberg.t%s.%s".formatted(UUID.randomUUID().toString().replace("-", ""), name));
    }

    @BeforeAll
    static void write() {
        Random random = new Random(7);
        for (RandomQueries.Table table : List.of(TABLE, OTHER)) {
            for (int file = 0; file < RandomQueries.FILES; file++) {
                String body = JSON.writeValueAsString(JSON.createObjectNode()
                        .put("statement", table.rows(file, random))
                        .put("table", table.name())
                        .put("mode", file == 0 ? "create" : "append"));
                RunningServer.Reply reply = SERVER.post("/tarn/v1/statements/export", body);
                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            }
        }
    }

    private static RunningServer.Reply send(String path, String statement, String parameters) {
        String body = JSON.writeValueAsString(JSON.createObjectNode()
                .put("statement", statement.replace("TABLE", TABLE.name()))
                .set("parameters", JSON.readTree(parameters)));
        return SERVER.post(path, body);
    }

    private static JsonNode plan(String statement, String parameters) {
        RunningServer.Reply reply = send("/tarn/v1/statements/explain", statement, parameters);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().get("tables").get(0);
    }

    /** The file of number n holds the numbers from 10 n to 10 n + 9, and a day for each. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "from TABLE where i = 31 | {} | 1",
                "from TABLE where 31 >= i | {} | 4",
                "from TABLE t where T.I between 25 and 34 and s is not null | {} | 2",
                "from TABLE where i in (1, 55) | {} | 2",
                "from TABLE where i > :n | {'n': 104} | 2",
                "from TABLE where i between 100 and :n | {'n': 104} | 1",
                "from TABLE where d = '2024-02-05' | {} | 1",
                "from TABLE where d < :day | {'day': {'type': 'DATE', 'value': '2024-01-11'}} | 1",
                "from TABLE where ts >= timestamp '2024-04-20 00:00:00' | {} | 1",
                "from TABLE where c <= 3.50 | {} | 1",
                "from TABLE where i = 31 and x > 0 and sqrt(i) > 2 | {} | 1",
                "from TABLE where i < 10 or i > 110 | {} | 12",
                "from TABLE where i = 3.5 | {} | 12",
                "from TABLE where i < 10.5 | {} | 12",
                "from TABLE where c = 3.505 | {} | 12",
                "from TABLE where i = '31' | {} | 1",
                "from TABLE where d = '2024-02-05 00:00:00' | {} | 12",
                "from TABLE where x < 5 | {} | 12",
                "from TABLE where x < 5 and n is null | {} | 1",
                "select i + 100 as i from TABLE where i = 31 | {} | 12",
                "select i + 100 as i from TABLE t where t.i = 31 | {} | 1",
                "from TABLE where i = 1 union all from TABLE where i = 111 | {} | 2",
                "from TABLE where i = 1 union all from TABLE | {} | 12",
                "from TABLE a left join (select 1 as k) b on a.i = b.k where a.i = 1 | {} | 1",
                "from (select 1 as k) b left join TABLE a on a.i = b.k where a.i is null | {} | 12",
                "from (select 1 as k) b full join TABLE a on a.i = b.k where a.i = 1 | {} | 12",
                "from TABLE a join (select 1 as i) b using (i) where i = 1 | {} | 12",
                "from TABLE a join (select 1 as i) b using (i) where a.i = 1 | {} | 1",
                "from TABLE a positional join range(5) where a.i = 1 | {} | 12",
                "from TABLE tablesample 50% where i = 1 | {} | 12",
                "from TABLE as t(j) where t.j = 1 | {} | 12",
                "with w as (from TABLE where i = 1) select * from w where i = 200 | {} | 1",
                "select * from range(3) r where exists (from TABLE where i = 1 and i = r.range) | {} | 1",
                "from TABLE where i = 5000 | {} | 0",
            })
    void onlyFilesThatMayHoldAWantedRowArePlanned(String statement, String parameters, long planned) {
        JsonNode table = plan(statement, parameters.replace('\'', '"'));
        assertThat(table.get("files_total").asLong()).isEqualTo(RandomQueries.FILES);
        assertThat(table.get("files_planned").asLong()).isEqualTo(planned);
        assertThat(table.get("rows_total").asLong()).isEqualTo(RandomQueries.FILES * 10L);
        assertThat(table.get("rows_planned").asLong()).isEqualTo(planned * 10);
        assertThat(table.get("bytes_planned").asLong()
                        < table.get("bytes_total").asLong())
                .isEqualTo(planned < RandomQueries.FILES);
    }

    /** The same query over a table that stands in a subquery of its own is never filtered by files. */
    @Test
    void aSkippedFileNeverHoldsARowOfTheResult() {
        long seed = Long.getLong("tarn.test.seed", System.nanoTime());
        int queries = Integer.getInteger("tarn.test.queries", 100);
        Random random = new Random(seed);
        int compared = 0;
        int withRows = 0;
        for (int i = 0; i < queries; i++) {
            RandomQueries.Query query = new RandomQueries(TABLE, OTHER, random).next();
            RunningServer.Reply all = send("/tarn/v1/statements", query.unfiltered(), query.parameters());
            if (all.status() == 200) {
                RunningServer.Reply some = send("/tarn/v1/statements", query.sql(), query.parameters());
                assertThat(some.json().path("rows"))
                        .as("seed %d query %d: %s %s gave %s", seed, i, query.sql(), query.parameters(), some.body())
                        .isEqualTo(all.json().get("rows"));
                compared++;
                withRows += all.json().at("/rows/0/0").asLong(0) > 0 ? 1 : 0;
            }
        }
        assertThat(compared).as("seed %d", seed).isGreaterThan(queries * 3 / 4);
        assertThat(withRows).as("seed %d", seed).isGreaterThan(queries / 3);
    }

    @Test
    void longTextsAndTextsBeyondTheBasicPlaneAreFound() {
        for (String text : List.of(RandomQueries.LONG + "b", "\uffee", "😀", "")) {
            String value = JSON.writeValueAsString(text);
            RunningServer.Reply reply = send(
                    "/tarn/v1/statements",
                    "select count(*) from (select * from TABLE) t where s = :s union all select count(*) from TABLE where s = :s",
                    "{\"s\": %s}".formatted(value));
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            JsonNode rows = reply.json().get("rows");
            assertThat(rows.get(0)).isEqualTo(rows.get(1));
            assertThat(rows.get(0).get(0).asLong()).as(text).isPositive();
        }
    }
}
