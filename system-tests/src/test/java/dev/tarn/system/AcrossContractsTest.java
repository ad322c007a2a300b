package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * One person in all contracts: made through Data-ML she signs in to the console, asks DataLynxr with a DataLinks token that
 * reaches one namespace, sees exactly what was granted, and the auditor finds all of it.
 */
@Tag("slow")
class AcrossContractsTest {
    private static final String PASSWORD = "Password123!";
    private static final String ORDERS = "select * from iceberg.shop.orders order by id";

    @TempDir
    private Path folder;

    @Test
    void aPersonOfOneContractIsTheSameInAll() throws Exception {
        Path home = folder.resolve("home");
        Path work = Files.createDirectory(folder.resolve("work"));
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            CommandLineUnderTest tarn = new CommandLineUnderTest(work, home);
            tables(work, tarn);
            Api dataMl = dataMl(
                    server, "admin", server.credentials().path("password").asString());

            create(dataMl, server.credentials().path("tenant_id").asString());
            signsIn(server);
            grant(tarn);
            Api token = dataLinksToken(dataMl(server, "jane", PASSWORD));
            seesWhatIsGranted(token);
            reachesNothingElse(token);
            Api auditor = auditor(server, tarn);
            findsAll(auditor);
            assertThat(token.get("/tarn/v1/audit").status()).isEqualTo(403);
            assertThat(auditor.sql(ORDERS).status()).isEqualTo(403);

            succeeds(tarn, "tarn users disable jane");
            assertThat(token.sql(ORDERS).status()).isEqualTo(401);
            assertThat(new ConsoleSession(server.url()).signIn("jane", PASSWORD).status())
                    .isEqualTo(401);
            assertThat(login(server, "jane", PASSWORD).status()).isEqualTo(400);
        }
    }

    private static void tables(Path work, CommandLineUnderTest tarn) throws IOException, InterruptedException {
        Files.writeString(work.resolve("orders.csv"), "id,country,card\n1,DE,4111\n2,FR,4222\n3,DE,4333\n4,,4444\n");
        succeeds(tarn, "tarn load orders.csv --table shop.orders");
        succeeds(tarn, "tarn load orders.csv --table hr.orders");
    }

    private static Api dataMl(ServerUnderTest server, String username, String password) {
        Answer login = login(server, username, password);
        assertThat(login.status()).as(login.toString()).isEqualTo(200);
        return server.api().withKey(login.json().path("access_token").asString());
    }

    private static Answer login(ServerUnderTest server, String username, String password) {
        return server.api().form("/api/v1/login/access-token", Map.of("username", username, "password", password));
    }

    private static void create(Api dataMl, String tenantId) {
        Answer made = dataMl.post(
                "/api/v1/users/create-user",
                Map.of(
                        "tenant_id",
                        tenantId,
                        "first_name",
                        "Jane",
                        "last_name",
                        "Doe",
                        "email",
                        "jane@example.com",
                        "username",
                        "jane",
                        "password",
                        PASSWORD));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.json().path("username").asString()).isEqualTo("jane");
    }

    private static void signsIn(ServerUnderTest server) throws IOException, InterruptedException {
        ConsoleSession console = new ConsoleSession(server.url());
        assertThat(console.signIn("jane", "Password123?").status()).isEqualTo(401);
        Answer session = console.signIn("jane", PASSWORD);
        assertThat(session.status()).as(session.toString()).isEqualTo(200);
        assertThat(console.get("/tarn/v1/session").json().at("/user/name").asString())
                .isEqualTo("jane");
        assertThat(console.get("/tarn/v1/tables").json().path("tables"))
                .as("a new Viewer reads no table")
                .isEmpty();
        assertThat(console.post("/tarn/v1/statements", Map.of("statement", ORDERS))
                        .status())
                .isIn(403, 404);
    }

    private static void grant(CommandLineUnderTest tarn) throws IOException, InterruptedException {
        for (String table : List.of("shop", "hr")) {
            succeeds(
                    tarn,
                    "tarn grants add --to jane --verb select --on table:" + table
                            + ".orders --columns id,country --rows \"country = 'DE'\"");
        }
        assertThat(succeeds(tarn, "tarn grants why --user jane --verb select --on table:shop.orders"))
                .startsWith("partly: jane may select table:iceberg.shop.orders in part");
    }

    private static Api dataLinksToken(Api jane) {
        Answer made = jane.post(
                "/api/v1/user/tokens",
                Map.of(
                        "name",
                        "notebook",
                        "accessRestrictedTo",
                        List.of(Map.of("username", "self", "namespace", "shop"))));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        Answer permissions =
                jane.get("/api/v1/user/tokens/" + made.json().path("id").asString() + "/permissions");
        assertThat(permissions.json().path("restricted").asBoolean()).isTrue();
        return jane.withKey(made.json().path("token").asString());
    }

    private static void seesWhatIsGranted(Api token) {
        Answer rows = token.sql(ORDERS);
        assertThat(rows.status()).as(rows.toString()).isEqualTo(200);
        assertThat(rows.columnNames()).containsExactly("id", "country");
        assertThat(rows.rows()).hasToString("[{\"id\":1,\"country\":\"DE\"}, {\"id\":3,\"country\":\"DE\"}]");
        assertThat(token.count("shop.orders")).isEqualTo(2);
        for (String peek : List.of(
                "select card from iceberg.shop.orders",
                "select id from iceberg.shop.orders where card = '4111'",
                "select id from iceberg.shop.orders order by card")) {
            Answer refused = token.sql(peek);
            assertThat(refused.status()).as(peek + " " + refused).isEqualTo(400);
            assertThat(refused.body()).doesNotContain("4111", "4222");
        }
        Answer whole = token.sql("select o from iceberg.shop.orders o");
        assertThat(whole.body()).doesNotContain("4111", "card", "FR");
    }

    private static void reachesNothingElse(Api token) {
        assertThat(token.sql("select * from iceberg.hr.orders").status())
                .as("granted to jane, but outside of what the token reaches")
                .isIn(403, 404);
        for (String path : List.of("/tarn/v1/users", "/tarn/v1/grants", "/tarn/v1/secrets")) {
            assertThat(token.get(path).status()).as(path).isEqualTo(403);
        }
        assertThat(token.post("/tarn/v1/keys", Map.of("name", "wider")).status())
                .as("a restricted token makes no wider one")
                .isEqualTo(403);
    }

    private static Api auditor(ServerUnderTest server, CommandLineUnderTest tarn)
            throws IOException, InterruptedException {
        succeeds(tarn, "echo '" + PASSWORD + "' | tarn users add eve --role Auditor --password-stdin");
        String key = succeeds(tarn, "tarn keys create --name audit --user eve --quiet")
                .strip();
        return server.api().withKey(key);
    }

    /** What is committed in groups is there within a moment. */
    private static void findsAll(Api auditor) {
        finds(auditor, "admin", "create", "user:jane", "done");
        finds(auditor, "jane", "sign_in", "user:jane", "failed");
        finds(auditor, "jane", "sign_in", "user:jane", "done");
        finds(auditor, "admin", "grant", "table:iceberg.shop.orders", "done");
        finds(auditor, "jane", "create", "key:*", "done");
        JsonNode ran = finds(auditor, "jane", "run", "statement:*", "done");
        assertThat(ran.at("/who/kind").asString()).isEqualTo("key");
        assertThat(ran.at("/details").toString()).contains("shop.orders");
        // She was told that there is no such table; the trail knows better.
        finds(auditor, "jane", "describe", "table:iceberg.hr.orders", "denied");
        assertThat(auditor.get("/tarn/v1/audit?limit=1000").body()).doesNotContain(PASSWORD);
        Answer verified = auditor.post("/tarn/v1/audit/verify", Map.of());
        assertThat(verified.json().path("intact").asBoolean())
                .as(verified.toString())
                .isTrue();
    }

    private static JsonNode finds(Api auditor, String who, String verb, String resource, String outcome) {
        String path = "/tarn/v1/audit?verb=" + verb + "&outcome=" + outcome + "&resource=" + resource;
        return Eventually.found(
                Duration.ofSeconds(10),
                path + " by " + who,
                () -> auditor.get(path)
                        .json()
                        .path("entries")
                        .valueStream()
                        .filter(entry -> entry.at("/who/name").asString().equals(who) || verb.equals("sign_in"))
                        .findFirst());
    }

    private static String succeeds(CommandLineUnderTest tarn, String command) throws IOException, InterruptedException {
        CommandLineUnderTest.Ended ended = tarn.bash(command);
        assertThat(ended.exitCode()).as("%s%n%s", command, ended.output()).isZero();
        return ended.output();
    }
}
