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
        execute(
                "create table %s (i int, b bigint, c decimal(9,2), d date, ts timestamp, s string, x double, n bigint, z timestamptz, w boolean) partitioned by (month(d), truncate(1, s), bucket(2, i))"
                        .formatted(OTHER.name()));
        for (RandomQueries.Table table : List.of(TABLE, OTHER)) {
            for (int file = 0; file < RandomQueries.FILES; file++) {
                String body = JSON.writeValueAsString(JSON.createObjectNode()
                        .put("statement", table.rows(file, random))
                        .put("table", table.name())
                        .put("mode", file == 0 && table.equals(TABLE) ? "create" : "append"));
                RunningServer.Reply reply = SERVER.post("/tarn/v1/statements/export", body);
                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            }
        }
        execute("create view VIEW as select i as k, d, s as text from TABLE where i < 100");
    }

    private static void execute(String statement) {
        RunningServer.Reply reply = send("/tarn/v1/statements", statement, "{}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static RunningServer.Reply send(String path, String statement, String parameters) {
        String body = JSON.writeValueAsString(JSON.createObjectNode()
                .put("statement", statement.replace("TABLE", TABLE.name()).replace("VIEW", TABLE.name() + "_view"))
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
                "from TABLE where i < 10 or i > 110 | {} | 2",
                "from TABLE where i < 10 or sqrt(i) > 110 | {} | 12",
                "from TABLE where not (i >= 10 and i <= 110) | {} | 2",
                "from TABLE where i = 3.5 | {} | 0",
                "from TABLE where i < 9.5 | {} | 1",
                "from TABLE where c = 3.505 | {} | 0",
                "from TABLE where i = '31' | {} | 1",
                "from TABLE where i in (30 + 1, 2 * 30, :n - 1) | {'n': 2} | 3",
                "from TABLE where d = '2024-02-05 00:00:00' | {} | 12",
                "from TABLE where date_trunc('month', ts) = date '2024-04-01' | {} | 3",
                "from TABLE where year(d) = 2025 | {} | 0",
                "from TABLE where extract(year from ts) < 2024 | {} | 0",
                "from TABLE where cast(ts as date) = '2024-02-05' | {} | 1",
                "from TABLE where ts::date in (date '2024-01-02', date '2024-01-11') | {} | 2",
                "from TABLE where z >= '2024-04-20 00:00:00+02' | {} | 2",
                "from TABLE where d > current_date | {} | 0",
                "from TABLE where ts < now() - interval 7 day | {} | 12",
                "from TABLE where d between date '2024-01-01' and date '2024-01-31' - interval '3 weeks' | {} | 1",
                "from TABLE where s like 'z%' | {} | 1",
                "from TABLE where s ilike 'z%' | {} | 12",
                "from TABLE where starts_with(s, 'z') | {} | 1",
                "from TABLE where x < -11 | {} | 11",
                "from TABLE where x > 500 | {} | 12",
                "from TABLE where x < 5 and n is null | {} | 0",
                "from TABLE where x < 15 and n is null | {} | 1",
                "select i + 100 as i from TABLE where i = 31 | {} | 1",
                "select i + 100 as i from TABLE t where t.i = 31 | {} | 1",
                "from TABLE where i = 1 union all from TABLE where i = 111 | {} | 2",
                "from TABLE where i = 1 union all from TABLE | {} | 12",
                "from (from TABLE union all from TABLE) where i = 1 | {} | 1",
                "from (from TABLE order by i limit 5) where i = 1 | {} | 12",
                "select * from (select i as k, count(*) from TABLE group by i) where k = 1 | {} | 1",
                "select * from (select i as k, sum(c) as n from TABLE group by i) where n = 1 | {} | 12",
                "select * from (select i, row_number() over () as n from TABLE) where i = 1 | {} | 12",
                "select i, count(*) from TABLE group by rollup (i) having i = 1 | {} | 12",
                "from TABLE a left join (select 1 as k) b on a.i = b.k where a.i = 1 | {} | 1",
                "from (select 1 as k) b left join TABLE a on a.i = b.k where a.i is null | {} | 12",
                "from (select 1 as k) b left join TABLE a on a.i = b.k and a.i < 10 where a.i is null | {} | 1",
                "from (select 1 as k) b full join TABLE a on a.i = b.k where a.i = 1 | {} | 12",
                "from TABLE a join (select 1 as i) b using (i) where a.i = 1 | {} | 1",
                "from TABLE a join (select 1 as i) b on a.i < 10 and b.i = 1 | {} | 1",
                "from TABLE a positional join range(5) where a.i = 1 | {} | 12",
                "from TABLE tablesample 50% where i = 1 | {} | 12",
                "from TABLE as t(j) where t.j = 1 | {} | 1",
                "with w as (from TABLE where i = 1) select * from w where i = 200 | {} | 0",
                "with w as (from TABLE) select * from w a, w b where a.i = 1 and b.i = 20 | {} | 2",
                "with w as (from TABLE), v as (from w where i < 10) select * from v | {} | 1",
                "select * from range(3) r where exists (from TABLE where i = 1 and i = r.range) | {} | 1",
                "from VIEW where k = 55 | {} | 1",
                "from VIEW where k > 85 | {} | 2",
                "select v.text from VIEW v join (from VIEW) w using (k) where v.k = 3 | {} | 1",
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

    /** A condition of one table holds for what is equal in others. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from TABLE a join OTHER b on a.i = b.i where b.i = 31 | 1",
                "from OTHER b join TABLE a using (i) where i = 31 | 1",
                "from OTHER b left join TABLE a using (d) where b.d = '2024-01-05' | 1",
                "from OTHER b left join TABLE a using (d) where a.d is null | 12",
                "from OTHER b natural join TABLE a where d < '2024-01-05' | 1",
                "from OTHER b right join TABLE a on a.i = b.i and b.i = 3 | 12",
                "from TABLE a semi join OTHER b on a.i = b.i and b.i in (3, 33) | 2",
                "from TABLE a anti join OTHER b on a.i = b.i and b.i = 3 | 12",
                "from TABLE a, OTHER b, OTHER c where a.i = b.i and b.i = c.n and c.n < 8 | 1",
                "from TABLE a, OTHER b where a.i = b.s and b.s = '31' | 12",
            })
    void equalColumnsCarryConditionsFromTableToTable(String statement, long planned) {
        String sql = statement.replace("OTHER", OTHER.name());
        RunningServer.Reply reply = send("/tarn/v1/statements/explain", sql, "{}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        for (JsonNode table : reply.json().get("tables")) {
            if (table.get("name").asString().equals(TABLE.name())) {
                assertThat(table.get("files_planned").asLong()).as(sql).isEqualTo(planned);
            }
        }
    }

    /** The same query over a table under a LIMIT is never filtered by files. */
    @Test
    void aSkippedFileNeverHoldsARowOfTheResult() {
        long seed = Long.getLong("tarn.test.seed", System.nanoTime());
        int queries = Integer.getInteger("tarn.test.queries", 60);
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
