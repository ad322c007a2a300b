package dev.tarn.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.TestIssuer;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rate plans over HTTP: headers and refusals in every contract, sessions, two servers, and a database that is busy. */
class RateLimitGoldenTest {
    /** A path of each contract that no handler is needed for: an unknown one counts as well. */
    private static final Map<Contract, String> PATHS = Map.of(
            Contract.DATALYNXR, "/v1/streams",
            Contract.DATIXLAB, "/v1/agents",
            Contract.DRLS, "/api/namespaces",
            Contract.DATALINKS, "/api/v1/user/tokens",
            Contract.DATA_ML, "/api/v1/utils/nothing",
            Contract.ICEBERG, "/iceberg/v1/nothing",
            Contract.TARN, "/tarn/v1/session");

    private static final MovableClock CLOCK = new MovableClock();

    @SuppressWarnings("NullAway.Init") // start sets it
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(CLOCK, "tarn.rates.plans.single=1/100", "tarn.rates.plans.free=10/1000");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyContractTellsAndRefusesInItsOwnShape() {
        assertThat(PATHS).hasSize(Contract.values().length);
        for (Contract contract : Contract.values()) {
            String key = key(server, "single");
            Reply first = get(server, key, PATHS.getOrDefault(contract, ""));
            assertThat(first.status()).as(contract + " " + first).isNotIn(401, 429);
            assertThat(first.header("X-RateLimit-Limit")).isEqualTo("1");
            assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("0");
            CLOCK.advance(Duration.ofSeconds(15));
            String reset = Long.toString(CLOCK.instant().getEpochSecond() + 45);
            assertThat(first.header("X-RateLimit-Reset")).isEqualTo(reset);

            Reply second = get(server, key, PATHS.getOrDefault(contract, ""));
            assertThat(second.status()).as(contract + " " + second).isEqualTo(429);
            assertThat(second.header("Retry-After")).isEqualTo("45");
            assertThat(second.header("X-RateLimit-Remaining")).isEqualTo("0");
            assertThat(second.header("X-RateLimit-Reset")).isEqualTo(reset);
            assertThat(second.body())
                    .contains("The rate plan single has 1 calls a minute")
                    .contains(
                            switch (contract) {
                                case DATALYNXR -> "{\"error\":{\"code\":\"rate_limited\",\"message\":";
                                case DATIXLAB -> "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":";
                                case DRLS -> "{\"success\":false,\"error\":";
                                case DATALINKS -> "{\"error_code\":\"RATE_LIMITED\",\"message\":";
                                case DATA_ML -> "{\"detail\":";
                                case ICEBERG -> "\"code\":429";
                                case TARN -> "\"type\":\"urn:tarn:error:rate_limited\"";
                            });
            CLOCK.advance(Duration.ofSeconds(45));
            assertThat(get(server, key, PATHS.getOrDefault(contract, "")).status())
                    .as(contract + " in the next minute")
                    .isNotEqualTo(429);
        }
    }

    @Test
    void aConsoleSessionIsNotCounted() {
        String key = key(server, "single");
        Reply signedIn = server.send(
                "POST", "/tarn/v1/session", "{\"key\":\"" + key + "\"}", "Content-Type", "application/json");
        String cookie = signedIn.header("Set-Cookie").replaceFirst(";.*", "");
        for (int i = 0; i < 5; i++) {
            Reply reply = server.send("GET", "/tarn/v1/session", null, "Cookie", cookie);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("X-RateLimit-Limit")).isEmpty();
        }
        assertThat(get(server, key, "/tarn/v1/session").status()).isEqualTo(200);
        assertThat(server.send("GET", "/livez", null).header("X-RateLimit-Limit"))
                .isEmpty();
    }

    @Test
    void aKeyMakesNoneOnAWiderPlan() {
        String key = key(server, "free");
        assertThat(server.post("/tarn/v1/keys", "{\"name\":\"a\",\"rate_plan\":\"gone\"}")
                        .json()
                        .path("detail")
                        .asString())
                .contains("enterprise, free, professional, single");
        Reply narrower = create(key, "single");
        assertThat(narrower.status()).as("Admin manages keys").isEqualTo(201);
        Reply user = server.post(
                "/tarn/v1/users", "{\"name\":\"limited\",\"password\":\"a good password\",\"roles\":[\"Analyst\"]}");
        assertThat(user.status()).isEqualTo(201);
        String own = server.post("/tarn/v1/keys", "{\"name\":\"a\",\"user\":\"limited\",\"rate_plan\":\"free\"}")
                .json()
                .path("key")
                .asString();
        assertThat(create(own, "enterprise").status()).isEqualTo(403);
        Reply inherited =
                server.send("POST", "/api/v1/user/tokens", "{\"name\":\"token\"}", "Authorization", "Bearer " + own);
        assertThat(inherited.status()).isEqualTo(200);
        assertThat(get(server, inherited.json().path("token").asString(), "/tarn/v1/session")
                        .header("X-RateLimit-Limit"))
                .isEqualTo("10");
    }

    @Test
    void twoServersShareOneCount(@TempDir Path folder) {
        String url = TestDatabases.postgresUrl();
        String database = "tarn.database-url=" + url;
        String warehouse = "tarn.storage.warehouse=" + folder.resolve("warehouse");
        try (RunningServer one = RunningServer.start(CLOCK, folder.resolve("one"), database, warehouse);
                RunningServer two = RunningServer.join(CLOCK, folder.resolve("two"), one.key(), database, warehouse)) {
            CLOCK.advance(Duration.ofMinutes(1)); // so that this key is newer than the first one
            String key = key(one, "free");
            int answered = 0;
            for (int i = 0; i < 10; i++) {
                for (RunningServer each : List.of(one, two)) {
                    answered += get(each, key, "/tarn/v1/session").status() == 200 ? 1 : 0;
                }
            }
            assertThat(answered).isEqualTo(10);
            String id = one.get("/tarn/v1/keys?limit=1").json().at("/keys/0/id").asString();
            assertThat(two.delete("/tarn/v1/keys/" + id).status()).isEqualTo(204);
            assertThat(get(one, key, "/tarn/v1/session").status())
                    .as("revoked at once everywhere")
                    .isEqualTo(401);
        }
    }

    /** An access token of the login and a token of an identity provider are one user's: one count, on the plan of new keys. */
    @Test
    void twoServersShareOneCountForTheTokensOfAUser(@TempDir Path folder) {
        String[] settings = {
            "tarn.database-url=" + TestDatabases.postgresUrl(),
            "tarn.storage.warehouse=" + folder.resolve("warehouse"),
            "tarn.rates.plans.enterprise=10",
            "tarn.outbound.allow-private=127.0.0.0/8"
        };
        TestIssuer issuer = TestIssuer.shared();
        try (RunningServer one = RunningServer.start(CLOCK, folder.resolve("one"), settings);
                RunningServer two = RunningServer.join(CLOCK, folder.resolve("two"), one.key(), settings)) {
            CLOCK.advance(Duration.ofMinutes(1));
            assertThat(one.put("/tarn/v1/identity-providers/company", """
                            {"issuer": "%s", "client_id": "rates", "just_in_time": true}""".formatted(issuer.issuer()))
                            .status())
                    .isEqualTo(200);
            assertThat(one.post(
                                    "/tarn/v1/users",
                                    "{\"name\": \"rita\", \"email\": \"rita@example.com\", \"password\": \"a good password\"}")
                            .status())
                    .isEqualTo(201);
            String login = one.send(
                            "POST",
                            "/api/v1/login/access-token",
                            "username=rita&password=a+good+password",
                            "Content-Type",
                            "application/x-www-form-urlencoded")
                    .json()
                    .path("access_token")
                    .asString();
            String outside = issuer.signed(issuer.claims("rita", "rates", CLOCK.instant())
                    .claim("email", "rita@example.com")
                    .claim("email_verified", true));
            Reply first = get(one, outside, "/tarn/v1/session");
            assertThat(first.json().at("/user/name").asString()).isEqualTo("rita");
            assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("9");
            int answered = 1;
            for (int i = 0; i < 5; i++) {
                for (RunningServer each : List.of(one, two)) {
                    for (String token : List.of(outside, login)) {
                        Reply reply = get(each, token, "/tarn/v1/session");
                        assertThat(reply.status()).as(reply.toString()).isIn(200, 429);
                        answered += reply.status() == 200 ? 1 : 0;
                    }
                }
            }
            assertThat(answered).isEqualTo(10);
            assertThat(get(two, login, "/tarn/v1/session").body())
                    .contains("The rate plan enterprise has 10 calls a minute");
            CLOCK.advance(Duration.ofMinutes(1));
            assertThat(get(two, login, "/tarn/v1/session").status()).isEqualTo(200);
        }
    }

    @Test
    void aBusyDatabaseHoldsCallsUpAndFailsNone(@TempDir Path home) throws Exception {
        try (RunningServer busy = RunningServer.start(CLOCK, home)) {
            assertThat(busy.bean(Database.class).kind()).isEqualTo(DatabaseKind.SQLITE);
            String key = key(busy, "free");
            Path file = home.resolve("tarn.db");
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                long begun = System.nanoTime();
                for (int i = 0; i < 5; i++) {
                    Reply reply = get(busy, key, "/tarn/v1/session");
                    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
                }
                assertThat((System.nanoTime() - begun) / 1_000_000).isLessThan(5_000);
                statement.execute("ROLLBACK");
            }
        }
    }

    private static Reply get(RunningServer to, String key, String path) {
        return to.send("GET", path, null, "Authorization", "Bearer " + key);
    }

    private static Reply create(String key, String plan) {
        return server.send(
                "POST",
                "/tarn/v1/keys",
                "{\"name\":\"a\",\"rate_plan\":\"" + plan + "\"}",
                "Authorization",
                "Bearer " + key,
                "Content-Type",
                "application/json");
    }

    private static String key(RunningServer on, String plan) {
        Reply made =
                on.post("/tarn/v1/keys", "{\"name\":\"rates\",\"rate_plan\":\"" + plan + "\",\"prefix\":\"sk_live_\"}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String key = made.json().path("key").asString();
        assertThat(key).startsWith("sk_live_");
        return key;
    }
}
