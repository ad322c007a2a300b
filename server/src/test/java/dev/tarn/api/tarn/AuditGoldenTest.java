package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.access.Keys;
import dev.tarn.access.NewKey;
import dev.tarn.access.WantedKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /tarn/v1/audit}. */
class AuditGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    /** The entries that match, once there are any. */
    private static JsonNode entries(RunningServer server, String query) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (true) {
            Reply reply = server.get("/tarn/v1/audit?" + query);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            if (!reply.json().get("entries").isEmpty()) {
                return reply.json().get("entries");
            }
            assertThat(Instant.now()).as(query).isBefore(end);
        }
    }

    private static String word() {
        return "w" + UUID.randomUUID().toString().replace("-", "");
    }

    @Test
    void anEntryHasWhoWhatWhichResourceResultRequestAndAddress() {
        String word = word();
        Reply ran = SERVER.post("/v1/sql/execute", "{\"statement\":\"select '%s' as a\"}".formatted(word));
        assertThat(ran.status()).isEqualTo(200);

        JsonNode entry = entries(SERVER, "q=" + word.toUpperCase(java.util.Locale.ROOT) + "&verb=run")
                .get(0);

        assertThat(List.copyOf(entry.propertyNames()))
                .containsExactly(
                        "id",
                        "sequence",
                        "at",
                        "who",
                        "verb",
                        "resource",
                        "outcome",
                        "request_id",
                        "address",
                        "details");
        assertThat(entry.at("/who/kind").asString()).isEqualTo("key");
        assertThat(entry.at("/who/name").asString()).isEqualTo("admin");
        assertThat(entry.get("resource").asString()).startsWith("statement:");
        assertThat(entry.get("outcome").asString()).isEqualTo("done");
        assertThat(entry.get("request_id").asString()).isEqualTo(ran.header("X-Request-Id"));
        assertThat(entry.get("address").asString()).isEqualTo("127.0.0.1");
        JsonNode details = entry.get("details");
        assertThat(details.get("contract").asString()).isEqualTo("datalynxr");
        assertThat(details.get("sql").asString()).isEqualTo("select '%s' as a".formatted(word));
        assertThat(details.get("sql_sha256").asString()).hasSize(64);
        assertThat(details.get("rows").asLong()).isEqualTo(1);
        assertThat(details.get("bytes_scanned").asLong()).isZero();
        assertThat(Instant.parse(entry.get("at").asString()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void statementsOfAllKindsAreThereAndHowTheyEnded() {
        String word = word();
        String select = "{\"statement\":\"select '%s' as a\"".formatted(word);
        SERVER.post("/tarn/v1/statements", select + "}");
        SERVER.post("/tarn/v1/statements", "{\"statement\":\"select nonsense as %s\"}".formatted(word));
        SERVER.post("/tarn/v1/statements/export", select + ",\"format\":\"csv\"}");
        SERVER.post("/tarn/v1/statements/explain", select + "}");
        for (String found : List.of(
                "verb=run&outcome=done", "verb=run&outcome=failed", "verb=export", "verb=explain&outcome=done")) {
            JsonNode entries = entries(SERVER, found + "&q=" + word);
            assertThat(entries).as(found).hasSize(1);
        }
        assertThat(entries(SERVER, "outcome=failed&q=" + word)
                        .get(0)
                        .at("/details/error")
                        .asString())
                .isEqualTo("binding_error");
    }

    @Test
    void aLoadAndAnUploadAreThere() {
        String table = "audit." + word();
        Reply loaded = SERVER.send(
                "POST",
                "/tarn/v1/loads?table=" + table,
                "a\n1\n",
                "Authorization",
                "Bearer " + SERVER.key(),
                "Content-Type",
                "text/csv");
        assertThat(loaded.status()).as(loaded.toString()).isEqualTo(200);
        JsonNode entry = entries(SERVER, "resource=table:iceberg." + table).get(0);
        assertThat(entry.get("verb").asString()).isEqualTo("create");
        assertThat(entry.at("/details/rows").asLong()).isEqualTo(1);
        SERVER.post("/v1/sql/execute", "{\"statement\":\"select count(*) as %s from %s\"}".formatted(word(), table));
        JsonNode read =
                entries(SERVER, "verb=run&q=%22iceberg." + table + "%22").get(0);
        assertThat(read.at("/details/tables/0").asString()).isEqualTo("iceberg." + table);
        SERVER.send(
                "POST",
                "/tarn/v1/loads?table=" + table + "&mode=append",
                "a\nx\n",
                "Authorization",
                "Bearer " + SERVER.key(),
                "Content-Type",
                "text/csv");
        assertThat(entries(SERVER, "verb=load&outcome=failed&resource=table:iceberg." + table))
                .hasSize(1);
    }

    @Test
    void pagesGoOnAndLinesAreAll() {
        String word = word();
        for (int i = 0; i < 5; i++) {
            SERVER.post("/tarn/v1/statements", "{\"statement\":\"select '%s' as a%d\"}".formatted(word, i));
        }
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (entries(SERVER, "q=" + word + "&verb=run").size() < 5) {
            assertThat(Instant.now()).isBefore(end);
        }
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = SERVER.get("/tarn/v1/audit?limit=2&verb=run&q=" + word + cursor)
                    .json();
            page.get("entries").forEach(entry -> ids.add(entry.get("id").asString()));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asString();
        } while (!cursor.isEmpty());
        Reply lines = SERVER.send(
                "GET",
                "/tarn/v1/audit?verb=run&q=" + word,
                null,
                "Authorization",
                "Bearer " + SERVER.key(),
                "Accept",
                "application/x-ndjson");
        assertThat(lines.status()).isEqualTo(200);
        assertThat(lines.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(lines.body()
                        .lines()
                        .map(line ->
                                JsonMapper.shared().readTree(line).get("id").asString())
                        .collect(Collectors.toList()))
                .hasSize(5)
                .isEqualTo(ids);
        assertThat(entries(SERVER, "verb=select&resource=audit:*&q=" + word)).isNotEmpty();
    }

    @Test
    void wrongParametersAreRefused() {
        for (String wrong : List.of(
                "outcome=ok",
                "from=yesterday",
                "until=2026-13-01",
                "scope=all",
                "limit=0",
                "cursor=x",
                "from=+999999999-01-01T00:00:00Z")) {
            assertThat(SERVER.get("/tarn/v1/audit?" + wrong.replace("+", "%2B")).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(SERVER.get("/tarn/v1/audit?who=&verb=&q=%00&from=2026-01-01").status())
                .isEqualTo(200);
        for (String wrong : List.of("{\"heads\":[\"1:x\"]}", "{\"scope\":\"all\"}")) {
            assertThat(SERVER.post("/tarn/v1/audit/verify", wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void theTrailIsVerifiedAndACutTailIsFound() {
        try (RunningServer server = RunningServer.start()) {
            JsonNode report;
            Instant end = Instant.now().plus(Duration.ofSeconds(20));
            do {
                report = server.post("/tarn/v1/audit/verify", "{}").json();
                assertThat(Instant.now()).isBefore(end);
            } while (report.get("head").isNull());
            assertThat(List.copyOf(report.propertyNames()))
                    .containsExactly("intact", "entries", "first_sequence", "head", "unsealed", "problems");
            assertThat(report.get("intact").asBoolean()).isTrue();
            assertThat(report.get("first_sequence").asLong()).isEqualTo(1);
            String head = report.at("/head/sequence").asLong() + ":"
                    + report.at("/head/hash").asString();
            assertThat(server.post("/tarn/v1/audit/verify", "{\"heads\":[\"%s\"]}".formatted(head))
                            .json()
                            .get("intact")
                            .asBoolean())
                    .isTrue();
            JsonNode cut = server.post(
                            "/tarn/v1/audit/verify", "{\"heads\":[\"%d:%s\"]}".formatted(1_000_000, "a".repeat(64)))
                    .json();
            assertThat(cut.get("intact").asBoolean()).isFalse();
            assertThat(cut.at("/problems/0/text").asString()).startsWith("The tail is cut off");
            assertThat(entries(server, "verb=verify")).isNotEmpty();
            assertThat(server.post("/tarn/v1/audit/verify", "{\"scope\":\"server\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void anotherTenantSeesNothingOfItAndNotTheServers() {
        String word = word();
        SERVER.post("/tarn/v1/statements", "{\"statement\":\"select '%s' as a\"}".formatted(word));
        entries(SERVER, "q=" + word);
        String[] other = {"Authorization", "Bearer " + SERVER.keyOfAnotherTenant()};
        assertThat(SERVER.send("GET", "/tarn/v1/audit?limit=1000", null, other).body())
                .doesNotContain(word);
        assertThat(SERVER.send("GET", "/tarn/v1/audit?scope=server", null, other)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatIsHiddenFromTheCallerIsADenialInTheTrail() {
        String table = "hidden." + word();
        SERVER.send(
                "POST",
                "/tarn/v1/loads?table=" + table,
                "a\n1\n",
                "Authorization",
                "Bearer " + SERVER.key(),
                "Content-Type",
                "text/csv");
        NewKey viewer = SERVER.bean(Keys.class)
                .create(
                        SERVER.admin(),
                        new WantedKey(
                                "viewer",
                                Optional.empty(),
                                Optional.of("Viewer"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        String[] headers = {
            "Authorization", "Bearer " + viewer.secret(), "Content-Type", "application/json", "X-Request-Id", word()
        };
        Reply reply = SERVER.send(
                "POST", "/tarn/v1/statements", "{\"statement\":\"select * from %s\"}".formatted(table), headers);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
        JsonNode entry = entries(SERVER, "outcome=denied&resource=table:iceberg." + table)
                .get(0);
        assertThat(entry.get("verb").asString()).isEqualTo("describe");
        assertThat(SERVER.send("GET", "/tarn/v1/audit", null, headers).status()).isEqualTo(403);
        assertThat(entries(SERVER, "outcome=denied&verb=select&resource=audit:*"))
                .isNotEmpty();
    }

    @Test
    void wrongKeysAreInTheServersTrail() {
        SERVER.send("GET", "/tarn/v1/session", null, "Authorization", "Bearer garbage");
        JsonNode entry = entries(SERVER, "scope=server&verb=authenticate").get(0);
        assertThat(entry.get("outcome").asString()).isEqualTo("failed");
        assertThat(entry.at("/details/by").asString()).isEqualTo("key");
        assertThat(entry.toString()).doesNotContain("garbage");
    }
}
