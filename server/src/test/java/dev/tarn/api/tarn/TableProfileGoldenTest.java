package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/tables/{name}/profile}. */
class TableProfileGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    private static JsonNode profile(String table) {
        Reply reply = SERVER.get("/tarn/v1/tables/" + table + "/profile");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    @Test
    void numbersTextsDatesAndTruth() {
        StringBuilder csv = new StringBuilder("id,amount,day,paid,place,score\n");
        for (int i = 0; i < 100; i++) {
            csv.append("%d,%s,2024-01-%02d,%s,%s,%s\n"
                    .formatted(
                            i,
                            i % 10 == 0 ? "" : i + ".50",
                            i % 20 + 1,
                            i % 2 == 0,
                            i % 4 == 0 ? "Paris" : "Oslo",
                            i == 0 ? "nan" : i + "e0"));
        }
        String table = SampleTables.make(SERVER, csv.toString());
        JsonNode made = profile(table);

        assertThat(made.get("table").asString()).isEqualTo(table);
        assertThat(made.get("rows").asLong()).isEqualTo(100);
        assertThat(made.get("profiled_rows").asLong()).isEqualTo(100);
        JsonNode id = made.get("columns").get(0);
        assertThat(List.copyOf(id.propertyNames()))
                .containsExactly(
                        "name",
                        "type",
                        "nulls",
                        "distinct",
                        "min",
                        "max",
                        "mean",
                        "quantiles",
                        "histogram",
                        "top_values");
        assertThat(id.get("mean").asDouble()).isEqualTo(49.5);
        assertThat(id.get("min").asString()).isEqualTo("0");
        assertThat(id.get("max").asString()).isEqualTo("99");
        assertThat(id.get("distinct").asLong()).isBetween(90L, 110L);
        assertThat(Long.parseLong(id.at("/quantiles/p50").asString())).isBetween(48L, 51L);
        assertThat(id.get("histogram")).hasSize(20);
        long counted = 0;
        for (JsonNode bin : id.get("histogram")) {
            counted += bin.get("count").asLong();
        }
        assertThat(counted).isEqualTo(100);
        assertThat(id.at("/histogram/19/to").asString()).isEqualTo("99");
        assertThat(made.get("columns").get(1).get("nulls").asLong()).isEqualTo(10);
        JsonNode day = made.get("columns").get(2);
        assertThat(day.get("max").asString()).isEqualTo("2024-01-20");
        assertThat(day.get("mean").isNull()).isTrue();
        assertThat(day.at("/histogram/0/from").asString()).isEqualTo("2024-01-01");
        assertThat(made.get("columns").get(3).get("top_values")).hasSize(2);
        JsonNode place = made.get("columns").get(4);
        assertThat(place.get("top_values"))
                .hasToString("[{\"value\":\"Oslo\",\"count\":75},{\"value\":\"Paris\",\"count\":25}]");
        assertThat(place.get("histogram").isNull()).isTrue();

        assertThat(profile(table)).as("kept").isEqualTo(made);
        SampleTables.load(SERVER, table, "append", "id,amount,day,paid,place,score\n1,,,,,\n");
        assertThat(profile(table).get("rows").asLong()).as("another version").isEqualTo(101);
    }

    @Test
    void noRowsOneRowAndNamesThatNeedQuotes() {
        JsonNode none = profile(SampleTables.make(SERVER, "a,\"b \"\"c\"\"\"\n"));
        assertThat(none.get("rows").asLong()).isZero();
        JsonNode one = profile(SampleTables.make(SERVER, "a,\"b \"\"c\"\"\"\n1,x\n"));
        assertThat(one.get("columns").get(0).get("histogram")).isEmpty();
        assertThat(one.get("columns").get(1).get("name").asString()).isEqualTo("b \"c\"");
        assertThat(one.at("/columns/1/top_values/0/value").asString()).isEqualTo("x");
    }

    @Test
    void aLargeTableIsSampled() {
        try (RunningServer small = RunningServer.start("--tarn.sql.profiled-rows=1000")) {
            StringBuilder csv = new StringBuilder("id\n");
            for (int i = 0; i < 200_000; i++) {
                csv.append(i).append('\n');
            }
            String table = SampleTables.make(small, csv.toString());
            JsonNode sampled =
                    small.get("/tarn/v1/tables/" + table + "/profile").json();
            assertThat(sampled.get("rows").asLong()).isEqualTo(200_000);
            assertThat(sampled.get("profiled_rows").asLong()).isLessThan(20_000);
        }
    }

    @Test
    void whatIsNotThereIsTold() {
        assertThat(SERVER.get("/tarn/v1/tables/nowhere.t/profile").status()).isEqualTo(404);
    }
}
