package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.access.Eventually;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UsageGoldenTest {
    private static final String[] FIELDS = {
        "group", "id", "calls", "statements", "bytes_scanned", "bytes_loaded", "job_seconds", "model_tokens", "cost_usd"
    };

    @SuppressWarnings("NullAway.Init") // start sets it
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("tarn.usage.price.statement=0.0000001", "tarn.usage.price.call=0.25");
        server.send(
                "POST",
                "/tarn/v1/loads?table=iceberg.use.d&filename=d.csv",
                "n\n1\n2\n",
                "Authorization",
                "Bearer " + server.key(),
                "Content-Type",
                "text/csv");
        server.post("/v1/sql/execute", "{\"statement\":\"SELECT sum(n) FROM iceberg.use.d\"}");
        server.post("/v1/sql/execute", "{\"statement\":\"SELECT no_such_column\"}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyCallStatementAndLoadIsMeteredOnce() {
        Instant now = server.bean(java.time.Clock.class).instant();
        String from = now.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS).toString();
        JsonNode report = settled("/tarn/v1/usage?by=kind&from=" + from);

        assertThat(report.propertyNames()).containsExactly("scope", "rows", "total");
        assertThat(report.path("scope").asString()).isEqualTo("tenant");
        assertThat(report.path("total").propertyNames()).containsExactly(FIELDS);
        assertThat(report.path("total").path("statements").asInt()).isEqualTo(2);
        assertThat(report.path("total").path("bytes_loaded").asLong()).isEqualTo(6);
        assertThat(report.path("total").path("bytes_scanned").asLong()).isPositive();
        assertThat(report.path("total").path("job_seconds").decimalValue()).isPositive();
        assertThat(report.path("rows")
                        .valueStream()
                        .map(row -> row.path("group").asString()))
                .containsExactlyInAnyOrder("call", "statement", "load");
        BigDecimal calls = report.path("total").path("calls").decimalValue();
        assertThat(report.path("total").path("cost_usd").decimalValue())
                .isEqualByComparingTo(calls.multiply(new BigDecimal("0.25")).add(new BigDecimal("0.0000002")));
        assertThat(server.get("/tarn/v1/usage?by=kind").body()).contains("\"cost_usd\":0.0000002");
    }

    @Test
    void groupsAreDaysHoursUsersKeysAndKinds() {
        settled("/tarn/v1/usage");
        String today = LocalDate.ofInstant(server.bean(java.time.Clock.class).instant(), ZoneOffset.UTC)
                .toString();
        assertThat(groups("by=day")).contains(today);
        assertThat(groups("by=hour&time_zone=%2B05:30"))
                .allMatch(hour -> hour.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:00\\+05:30"));
        assertThat(groups("by=user")).containsExactly("admin");
        assertThat(groups("by=key")).singleElement().asString().contains("(dlx_sk_v1_");
        assertThat(server.get("/tarn/v1/usage?by=key").json().at("/rows/0/id").isNull())
                .isFalse();
        assertThat(groups("until=2001-01-01T00:00:00Z")).isEmpty();
        assertThat(groups("from=" + Instant.parse("2100-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void anotherTenantHasItsOwn() {
        settled("/tarn/v1/usage");
        Reply theirs = server.send(
                "GET", "/tarn/v1/usage?by=user", null, "Authorization", "Bearer " + server.keyOfAnotherTenant());
        assertThat(theirs.status()).isEqualTo(200);
        assertThat(theirs.body()).doesNotContain("\"admin\"");
        assertThat(theirs.json().at("/total/statements").asInt()).isZero();
    }

    @Test
    void whatIsRefused() {
        for (String query : new String[] {
            "by=week",
            "from=yesterday",
            "time_zone=Middle%2FEarth",
            "time_zone=%2B00:07",
            "until=%2B12000-01-01T00:00:00Z",
            "from=-2000-01-01T00:00:00Z",
            "time_zone=" + "x".repeat(500)
        }) {
            Reply reply = server.get("/tarn/v1/usage?" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.json().path("code").asString()).isEqualTo("invalid_request");
        }
        assertThat(server.send("GET", "/tarn/v1/usage", null).status()).isEqualTo(401);
    }

    private static java.util.List<String> groups(String query) {
        Reply reply = server.get("/tarn/v1/usage?" + query);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json()
                .path("rows")
                .valueStream()
                .map(row -> row.path("group").asString())
                .toList();
    }

    /** The meter commits within 200 ms of the answer. */
    private static JsonNode settled(String path) {
        Eventually.holds(() -> {
            JsonNode total = server.get(path).json().path("total");
            assertThat(total.path("statements").asInt()).isEqualTo(2);
            assertThat(total.path("bytes_loaded").asLong()).isEqualTo(6);
        });
        return server.get(path).json();
    }
}
