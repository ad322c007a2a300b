package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.access.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuotasGoldenTest {
    @SuppressWarnings("NullAway.Init") // start sets it
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theOperatorSetsThemAndATenantSeesItsOwn() {
        Reply none = server.get("/tarn/v1/quotas");
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.json().propertyNames())
                .containsExactly("tenant_id", "storage_bytes", "scanned_bytes_day", "scanned_bytes_month", "used");
        assertThat(none.json().path("storage_bytes").isNull()).isTrue();

        String theirs = server.keyOfAnotherTenant();
        String tenant = as(theirs, "GET", "/tarn/v1/session", null)
                .json()
                .at("/tenant/id")
                .asString();
        Reply set = server.put("/tarn/v1/quotas", "{\"tenant\":\"" + tenant + "\",\"scanned_bytes_day\":123456}");
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        assertThat(set.json().path("scanned_bytes_day").asLong()).isEqualTo(123_456);
        Reply seen = as(theirs, "GET", "/tarn/v1/quotas", null);
        assertThat(seen.json().path("tenant_id").asString()).isEqualTo(tenant);
        assertThat(seen.json().path("scanned_bytes_day").asLong()).isEqualTo(123_456);
        assertThat(server.get("/tarn/v1/quotas")
                        .json()
                        .path("scanned_bytes_day")
                        .isNull())
                .isTrue();
        assertThat(as(theirs, "PUT", "/tarn/v1/quotas", "{}").status()).isEqualTo(403);
        assertThat(as(theirs, "GET", "/tarn/v1/quotas?tenant=default", null).status())
                .isEqualTo(403);
        assertThat(LimitedUser.of(server, "Analyst").get("/tarn/v1/quotas").status())
                .isEqualTo(403);
        assertThat(LimitedUser.of(server, "Auditor").get("/tarn/v1/quotas").status())
                .isEqualTo(200);
        assertThat(server.get("/tarn/v1/quotas?tenant=nobody").status()).isEqualTo(404);
        assertThat(server.put("/tarn/v1/quotas", "{\"storage_bytes\":-1}").status())
                .isEqualTo(400);
    }

    @Test
    void beyondItsStorageATenantLoadsNothingAndReadsOn() {
        assertThat(load("iceberg.q.small", 10).status()).isEqualTo(200);
        long used =
                server.get("/tarn/v1/quotas").json().at("/used/storage_bytes").asLong();
        assertThat(used).isPositive();
        try {
            server.put("/tarn/v1/quotas", "{\"storage_bytes\":" + (used + 20_000) + "}");
            Reply large = load("iceberg.q.large", 200_000);
            assertThat(large.status()).as(large.toString()).isEqualTo(413);
            assertThat(large.json().path("code").asString()).isEqualTo("storage_quota_exceeded");
            assertThat(server.get("/tarn/v1/tables/iceberg.q.large").status()).isEqualTo(404);
            // What is stored may be of a moment ago, with the files of the refused load.
            Eventually.holds(
                    () -> assertThat(load("iceberg.q.second", 10).status()).isEqualTo(200));

            server.put("/tarn/v1/quotas", "{\"storage_bytes\":" + used + "}");
            assertThat(load("iceberg.q.third", 1).json().path("code").asString())
                    .isEqualTo("storage_quota_exceeded");
            assertThat(keep("iceberg.q.kept").status()).isEqualTo(413);
            assertThat(upload().status()).isEqualTo(413);
            assertThat(select().status()).isEqualTo(200);
            assertThat(server.delete("/tarn/v1/tables/iceberg.q.second").status())
                    .isEqualTo(204);
        } finally {
            server.put("/tarn/v1/quotas", "{}");
        }
        assertThat(load("iceberg.q.third", 1).status()).isEqualTo(200);
    }

    @Test
    void beyondItsScansATenantsStatementsWaitForTheNextDay() {
        assertThat(load("iceberg.q.scanned", 1_000).status()).isEqualTo(200);
        try {
            assertThat(scan().status()).isEqualTo(200);
            server.put("/tarn/v1/quotas", "{\"scanned_bytes_day\":1}");
            Eventually.holds(() -> assertThat(scan().status()).isEqualTo(429));
            Reply refused = scan();
            assertThat(refused.json().at("/error/code").asString()).isEqualTo("scan_quota_exceeded");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 86_401);
            server.put("/tarn/v1/quotas", "{\"scanned_bytes_month\":1}");
            assertThat(scan().status()).isEqualTo(429);
            assertThat(load("iceberg.q.more", 1).status()).isEqualTo(200);
        } finally {
            server.put("/tarn/v1/quotas", "{}");
        }
        assertThat(scan().status()).isEqualTo(200);
    }

    private static Reply scan() {
        return server.post("/v1/sql/execute", "{\"statement\":\"SELECT sum(n) FROM iceberg.q.scanned\"}");
    }

    private static Reply select() {
        return server.post("/v1/sql/execute", "{\"statement\":\"SELECT sum(n) FROM iceberg.q.small\"}");
    }

    private static Reply keep(String table) {
        return server.post(
                "/tarn/v1/statements/export",
                "{\"statement\":\"SELECT * FROM iceberg.q.small\",\"table\":\"" + table + "\"}");
    }

    private static Reply upload() {
        return as(server.key(), "POST", "/tarn/v1/uploads?filename=a.csv", "n\n1\n");
    }

    private static Reply load(String table, int rows) {
        StringBuilder csv = new StringBuilder("n\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i * 7_919L % 1_000_003L).append('\n');
        }
        return as(server.key(), "POST", "/tarn/v1/loads?filename=n.csv&table=" + table, csv.toString());
    }

    private static Reply as(String key, String method, String path, @org.jspecify.annotations.Nullable String body) {
        String type = body != null && body.startsWith("{") ? "application/json" : "text/csv";
        return body == null
                ? server.send(method, path, null, "Authorization", "Bearer " + key)
                : server.send(method, path, body, "Authorization", "Bearer " + key, "Content-Type", type);
    }
}
