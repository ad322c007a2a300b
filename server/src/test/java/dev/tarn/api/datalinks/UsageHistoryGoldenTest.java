package dev.tarn.api.datalinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.access.Caller;
import dev.tarn.access.Credentials;
import dev.tarn.access.Eventually;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.database.Database;
import dev.tarn.usage.Meter;
import dev.tarn.usage.Use;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UsageHistoryGoldenTest {
    private static final String HISTORY = "/api/v1/user/usage/history";
    /** Three calls with a statement each, and a question to a model; what the tests ask themselves comes later. */
    private static final int USES = 3 + 3 + 1;

    private static final String BY_DAY = "/api/v1/user/usage/by-day";

    private static final MovableClock CLOCK = new MovableClock();

    @SuppressWarnings("NullAway.Init") // start sets it
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init") // start sets it
    private static DataLinksClient ada;

    @BeforeAll
    static void start() {
        server = RunningServer.start(CLOCK, "tarn.usage.price.million-tokens=2.5", "tarn.usage.entries-a-minute=1000");
        ada = DataLinksClient.user(server, "ada", "Analyst");
        for (int i = 0; i < 3; i++) {
            ada.post("/v1/sql/execute", "{\"statement\":\"SELECT 1\"}");
            // A call is metered after its answer is sent: not before that the next one's time may begin.
            long metered = 2L * (i + 1);
            Eventually.holds(() -> assertThat(entries()).isEqualTo(metered));
            CLOCK.advance(Duration.ofSeconds(1));
        }
        Caller caller = server.bean(Credentials.class).authenticate(ada.token(), Caller.Origin.LOCAL);
        server.bean(Meter.class).record(caller, Use.model(1_234, 10));
        CLOCK.advance(Duration.ofSeconds(1));
        Eventually.holds(
                () -> assertThat(ada.get(HISTORY + "?before=" + now()).json().path("data"))
                        .hasSize(USES));
    }

    private static long entries() {
        return server.bean(Database.class)
                .client()
                .sql(
                        "SELECT count(*) FROM usage_entries e JOIN users u ON u.user_id = e.user_id WHERE u.name LIKE 'ada%'")
                .query(Long.class)
                .single();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyCallAndStatementOfTheCallerIsAnEntryNewestFirst() {
        Reply reply = ada.get(HISTORY + "?pageSize=1000&before=" + now());
        assertThat(reply.status()).isEqualTo(200);
        JsonNode history = reply.json();
        assertThat(history.propertyNames()).containsExactly("data", "meta");
        assertThat(history.path("meta").toString()).isEqualTo("{\"pageSize\":1000,\"pageCursor\":null}");
        List<String> times = new ArrayList<>();
        for (JsonNode entry : history.path("data")) {
            assertThat(entry.propertyNames()).containsExactly("timestamp", "tokensUsed", "costUSD");
            times.add(entry.path("timestamp").asString());
        }
        assertThat(times.stream().map(Instant::parse)).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(history.path("data")).hasSize(USES);
        assertThat(reply.body())
                .contains("\"tokensUsed\":1234,\"costUSD\":0.003085")
                .contains("\"tokensUsed\":0,\"costUSD\":0}");
        assertThat(new DataLinksClient(server, server.key()).get(HISTORY).body())
                .doesNotContain("1234");
    }

    @Test
    void theCursorIsTakenInEveryForm() {
        JsonNode whole =
                ada.get(HISTORY + "?pageSize=1000&before=" + now()).json().path("data");
        String bounded = HISTORY + "?pageSize=2&before=" + now();
        JsonNode first = ada.get(bounded).json();
        JsonNode cursor = first.at("/meta/pageCursor");
        assertThat(cursor.propertyNames()).containsExactly("lastStartTime", "lastObservationId");
        String time = encoded(cursor.path("lastStartTime").asString());
        String id = cursor.path("lastObservationId").asString();
        for (String form : List.of(
                "&pageCursor[lastStartTime]=" + time + "&pageCursor[lastObservationId]=" + id,
                "&pageCursor%5BlastStartTime%5D=" + time + "&pageCursor%5BlastObservationId%5D=" + id,
                "&pageCursor=" + encoded(cursor.toString()),
                "&lastStartTime=" + time + "&lastObservationId=" + id)) {
            String answer = form.contains("[")
                    ? ada.raw("GET", bounded + form, "", "")
                    : ada.get(bounded + form).body();
            assertThat(answer).as(form).contains(whole.get(2).path("timestamp").asString());
            assertThat(answer).as(form).contains(whole.get(3).path("timestamp").asString());
        }
        Reply keysOnly = ada.get(bounded + "&pageCursor=lastStartTime&pageCursor=lastObservationId");
        assertThat(keysOnly.status()).isEqualTo(200);
        assertThat(keysOnly.json().path("data")).isEqualTo(first.path("data"));
        assertThat(keysOnly.json().at("/meta/pageCursor").isNull())
                .as("it ends")
                .isTrue();
        assertThat(ada.get(bounded + "&pageCursor=").json()).isEqualTo(first);
        assertThat(ada.get(bounded + "&pageCursor=null").json()).isEqualTo(first);
    }

    @Test
    void pagesPutTogetherAreTheWholeList() {
        String bounded = HISTORY + "?before=" + now() + "&pageSize=";
        JsonNode whole = ada.get(bounded + "1000").json().path("data");
        List<JsonNode> entries = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = ada.get(bounded + "3" + cursor).json();
            page.path("data").forEach(entries::add);
            JsonNode next = page.at("/meta/pageCursor");
            cursor = next.isNull() ? "" : "&pageCursor=" + encoded(next.toString());
        } while (!cursor.isEmpty());
        assertThat(entries).isEqualTo(whole.valueStream().toList());
    }

    @Test
    void onOrAfterIncludesAndBeforeExcludes() {
        JsonNode data =
                ada.get(HISTORY + "?pageSize=1000&before=" + now()).json().path("data");
        String time = data.get(1).path("timestamp").asString();
        assertThat(ada.get(HISTORY + "?pageSize=1000&before=" + encoded(time)).body())
                .doesNotContain(time);
        assertThat(ada.get(HISTORY + "?pageSize=1000&onOrAfter=" + encoded(time))
                        .body())
                .contains(time);
        assertThat(ada.get(HISTORY + "?onOrAfter=2100-01-01").json().path("data"))
                .isEmpty();
        assertThat(ada.get(HISTORY + "?before=2001-01-01T00:00:00+00:00").json().path("data"))
                .isEmpty();
        assertThat(ada.get(HISTORY + "?onOrAfter=&before=&pageSize=")
                        .json()
                        .at("/meta/pageSize")
                        .asInt())
                .isEqualTo(25);
    }

    @Test
    void thoseWhoMaySeeTheTenantsUseSeeItInTheirReportAndNotInTheirHistory() {
        DataLinksClient admin = new DataLinksClient(server, server.key());
        assertThat(admin.get(BY_DAY).body()).doesNotContain("1234");
        Reply all = admin.get("/tarn/v1/usage?by=user");
        assertThat(all.json().path("scope").asString()).isEqualTo("tenant");
        assertThat(all.body()).contains("\"group\":\"ada\"", "\"group\":\"admin\"");
        Reply own = ada.get("/tarn/v1/usage?by=user");
        assertThat(own.json().path("scope").asString()).isEqualTo("own");
        assertThat(own.json().path("rows"))
                .singleElement()
                .satisfies(row -> assertThat(row.path("group").asString()).isEqualTo("ada"));
    }

    @Test
    void daysAreThoseOfTheTimeZone() {
        JsonNode utc = ada.get(BY_DAY).json();
        assertThat(utc.propertyNames()).containsExactly("data", "meta");
        assertThat(utc.path("meta").toString()).isEqualTo("{\"timeZoneForAggregation\":\"UTC\"}");
        assertThat(utc.at("/data/0").propertyNames()).containsExactly("date", "tokensUsed", "costUSD");
        assertThat(utc.path("data")
                        .valueStream()
                        .mapToLong(day -> day.path("tokensUsed").asLong())
                        .sum())
                .isEqualTo(1_234);
        assertThat(utc.toString()).contains("\"costUSD\":0.003085");
        for (String zone :
                List.of("Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "+05:45", "UTC")) {
            JsonNode days =
                    ada.get(BY_DAY + "?timeZoneForAggregation=" + encoded(zone)).json();
            assertThat(days.at("/meta/timeZoneForAggregation").asString()).isEqualTo(zone);
            assertThat(days.path("data")
                            .valueStream()
                            .mapToLong(day -> day.path("tokensUsed").asLong())
                            .sum())
                    .as(zone)
                    .isEqualTo(1_234);
        }
    }

    @Test
    void whatIsRefused() {
        for (String query : List.of(
                "pageSize=0",
                "pageSize=1001",
                "pageSize=x",
                "onOrAfter=yesterday",
                "before=2026-13-01",
                "pageCursor=elsewhere",
                "pageCursor=%7B%7D",
                "lastStartTime=2026-01-01T00:00:00Z",
                "lastStartTime=x&lastObservationId=y",
                "lastStartTime=2026-01-01T00:00:00Z&lastObservationId=y")) {
            Reply reply = ada.get(HISTORY + "?" + query);
            assertThat(reply.status()).as(query + reply).isEqualTo(400);
            assertThat(reply.json().path("error_code").asString()).isEqualTo("INVALID_REQUEST");
        }
        assertThat(ada.get(BY_DAY + "?timeZoneForAggregation=Mars").status()).isEqualTo(400);
    }

    private static String now() {
        return encoded(CLOCK.instant().toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
