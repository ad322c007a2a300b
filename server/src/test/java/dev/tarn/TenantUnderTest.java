package dev.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer.Reply;
import dev.tarn.platform.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import tools.jackson.databind.JsonNode;

/** One tenant of the isolation matrix, with a thing of every kind. Its names are nobody else's, so that they are found anywhere. */
final class TenantUnderTest {
    private static final String NEW_USER = "{\"name\": \"%s\", \"password\": \"a good password\"}";

    private static final String ENDLESS = "SELECT count(*) FROM range(1000000000000) a CROSS JOIN range(1000) b";

    private final RunningServer server;
    private final String key;
    private final String word;
    private final String load;
    private final List<String> ids = new ArrayList<>();

    TenantUnderTest(RunningServer server, String key, String word) {
        this.server = server;
        this.key = key;
        this.word = word;
        JsonNode session = ask("GET", "/tarn/v1/session", null).json();
        ids.add(session.at("/user/id").asString());
        ids.add(session.at("/tenant/id").asString());
        ids.add(session.at("/workspace/id").asString());
        addWorkspace();
        Reply loaded = server.send(
                "POST",
                "/tarn/v1/loads?on_error=skip&delimiter=%2C&filename=" + word + ".csv&table=" + table(),
                word + "_column\n" + word + "_cell\ntoo,many\n",
                "Authorization",
                "Bearer " + key,
                "Content-Type",
                "text/csv");
        assertThat(loaded.status()).as(loaded.toString()).isEqualTo(200);
        load = loaded.json().path("id").asString();
        ids.add(load);
        ids.add(loaded.json().path("snapshot_id").asString());
    }

    private void addWorkspace() {
        Reply made = ask("POST", "/tarn/v1/workspaces", "{\"name\": \"" + workspace() + "\"}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        ids.add(made.json().path("id").asString());
    }

    String key() {
        return key;
    }

    String namespace() {
        return word + "_namespace";
    }

    String tableName() {
        return word + "_table";
    }

    String table() {
        return "iceberg." + namespace() + "." + tableName();
    }

    String workspace() {
        return word + "_workspace";
    }

    /** A thing of the kind that a placeholder names; keys and statements are new ones at each call. */
    String thing(String kind) {
        return switch (kind) {
            case "table" -> table();
            case "table_name" -> tableName();
            case "new_table" ->
                "iceberg." + namespace() + ".new_"
                        + UUID.randomUUID().toString().replace("-", "");
            case "spare_table" -> spareTable();
            case "snapshot" -> ids.get(5);
            case "partitioned_table" -> partitionedTable();
            case "column" -> word + "_column";
            case "dropped_table" -> droppedTable();
            case "password" -> password();
            case "past_statement" -> pastStatement();
            case "saved_statement" -> savedStatement();
            case "query" -> submitted();
            case "submitted_statement" -> submittedStatement();
            case "adoption" -> adoption();
            case "schedule" -> schedule();
            case "namespace" -> namespace();
            case "workspace" -> workspace();
            case "key" -> newKey();
            case "load" -> load;
            case "upload" -> newUpload();
            case "user" -> made("/tarn/v1/users", NEW_USER, "id");
            case "user_name" -> made("/tarn/v1/users", NEW_USER, "name");
            case "user_number" -> newUserNumber();
            case "refresh_token" -> refreshToken();
            case "shared_user_name" -> sharedUser();
            case "provider" -> newProvider();
            case "role" -> made("/tarn/v1/roles", "{\"name\": \"%s\"}", "name");
            case "grant" ->
                made(
                        "/tarn/v1/grants",
                        "{\"to\": \"" + thing("role") + "\", \"verb\": \"select\", \"on\": \"table:" + table() + "\"}",
                        "id");
            case "tenant" -> ids.get(1);
            case "new_name" -> newName();
            case "secret" -> newSecret();
            default -> new CatalogThings(server, key, word, namespace()).thing(kind);
        };
    }

    /** Nobody knows the administrator's, so it gets a known one. */
    private String password() {
        String password = word + "_password";
        String hash = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8().encode(password);
        Database database = server.bean(Database.class);
        database.inTransaction(() -> database.client()
                .sql("UPDATE users SET password_hash = ? WHERE user_id = ?")
                .params(
                        hash,
                        ask("GET", "/tarn/v1/session", null)
                                .json()
                                .at("/user/id")
                                .asString())
                .update());
        return password;
    }

    /** A statement that has run, and is in the history by now. */
    private String pastStatement() {
        UUID id = UUID.randomUUID();
        assertThat(run(id, "SELECT '" + word + "'").status()).isEqualTo(200);
        ids.add(id.toString());
        awaitHistory(id);
        return id.toString();
    }

    private void awaitHistory(UUID id) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (ask("GET", "/tarn/v1/statements/" + id, null).status() != 200) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
        }
    }

    /** A statement that was submitted, and is over or not. */
    private String submitted() {
        Reply made = ask("POST", "/v1/sql/submit", "{\"statement\": \"SELECT '" + word + "'\"}");
        assertThat(made.status()).as(made.toString()).isEqualTo(202);
        ids.add(made.json().path("query_id").asString());
        return made.json().path("query_id").asString();
    }

    private String savedStatement() {
        Reply made = ask(
                "POST",
                "/tarn/v1/saved-statements",
                "{\"name\": \"%s %s\", \"statement\": \"SELECT 1\", \"shared\": true}"
                        .formatted(word, UUID.randomUUID()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        ids.add(made.json().path("id").asString());
        return made.json().path("id").asString();
    }

    private String submittedStatement() {
        Reply made = ask("POST", "/tarn/v1/submitted-statements", "{\"statement\": \"SELECT '" + word + "'\"}");
        assertThat(made.status()).as(made.toString()).isEqualTo(202);
        ids.add(made.json().path("id").asString());
        return made.json().path("id").asString();
    }

    private String adoption() {
        String file = thing("dropped_metadata");
        Reply made = ask(
                "POST",
                "/tarn/v1/adoptions",
                "{\"kind\": \"metadata_file\", \"location\": \"%s\", \"name\": \"%s\", \"dry_run\": true}"
                        .formatted(file, thing("new_table")));
        assertThat(made.status()).as(made.toString()).isEqualTo(202);
        ids.add(made.json().path("id").asString());
        return made.json().path("id").asString();
    }

    private String schedule() {
        Reply made = ask(
                "POST",
                "/tarn/v1/schedules",
                "{\"saved_statement_id\": \"%s\", \"cron\": \"0 0 1 1 *\", \"zone\": \"UTC\"}"
                        .formatted(savedStatement()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        ids.add(made.json().path("id").asString());
        return made.json().path("id").asString();
    }

    /** A table that may be dropped. */
    private String spareTable() {
        String table = thing("new_table");
        Reply loaded = sendFile("/tarn/v1/loads?table=" + table, word + "_column,more\n" + word + "_cell,1\n");
        assertThat(loaded.status()).as(loaded.toString()).isEqualTo(200);
        return table;
    }

    private String partitionedTable() {
        String table = spareTable();
        Reply made = ask(
                "POST",
                "/api/evolve/add-partition-field",
                "{\"table\": \"%s\", \"column\": \"%s_column\"}".formatted(table, word));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        return table;
    }

    private String droppedTable() {
        assertThat(ask("DELETE", "/tarn/v1/tables/" + spareTable(), null).status())
                .isEqualTo(204);
        return ask("GET", "/tarn/v1/dropped-tables?limit=1", null)
                .json()
                .at("/tables/0/id")
                .asString();
    }

    private String newUpload() {
        Reply made = sendFile("/tarn/v1/uploads?filename=" + word + ".csv", word + "_column\n");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        ids.add(made.json().path("id").asString());
        return made.json().path("id").asString();
    }

    /** Deletes an upload, unless that has happened. */
    void drop(String upload) {
        assertThat(ask("DELETE", "/tarn/v1/uploads/" + upload, null).status()).isIn(204, 404);
    }

    private Reply sendFile(String path, String csv) {
        return server.send("POST", path, csv, "Authorization", "Bearer " + key, "Content-Type", "text/csv");
    }

    private String newSecret() {
        String name = word + "_secret_" + UUID.randomUUID();
        Reply stored = ask("PUT", "/tarn/v1/secrets/" + name, "{\"value\": \"" + word + "_value\"}");
        assertThat(stored.status()).as(stored.toString()).isEqualTo(204);
        return name;
    }

    private String newProvider() {
        String name = word + "-provider-" + UUID.randomUUID().toString().substring(0, 8);
        Reply stored = ask(
                "PUT",
                "/tarn/v1/identity-providers/" + name,
                "{\"issuer\": \"%s\", \"client_id\": \"%s\"}"
                        .formatted(TestIssuer.shared().issuer(), name));
        assertThat(stored.status()).as(stored.toString()).isEqualTo(200);
        return name;
    }

    RunningServer server() {
        return server;
    }

    /** A user who has a share of the table, and one of its namespace. */
    private String sharedUser() {
        String name = thing("user_name");
        for (String what :
                List.of("datasets/self/" + namespace() + "/" + tableName(), "namespaces/self/" + namespace())) {
            Reply shared = ask(
                    "POST",
                    "/api/v1/permissions/" + what + "/shares",
                    "{\"username\": \"" + name + "\", \"role\": \"viewer\"}");
            assertThat(shared.status()).as(shared.toString()).isEqualTo(200);
        }
        return name;
    }

    private String newName() {
        return word + "-" + UUID.randomUUID();
    }

    /** The field of what a POST with a new name makes. */
    private String made(String path, String body, String field) {
        Reply made = ask("POST", path, body.formatted(newName()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        ids.add(made.json().path(field).asString());
        return made.json().path(field).asString();
    }

    /** A number is no word that nobody else may be told. */
    private String newUserNumber() {
        String name = thing("user_name");
        return ask("GET", "/tarn/v1/users/" + name, null).json().path("number").asString();
    }

    private String refreshToken() {
        String form = "username=" + thing("user_name") + "&password=a+good+password";
        Reply login = server.send(
                "POST", "/api/v1/login/access-token", form, "Content-Type", "application/x-www-form-urlencoded");
        assertThat(login.status()).as(login.toString()).isEqualTo(200);
        return login.json().path("refresh_token").asString();
    }

    private String newKey() {
        Reply made = ask("POST", "/tarn/v1/keys", "{\"name\": \"" + word + "_key\"}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        ids.add(made.json().path("id").asString());
        return made.json().path("id").asString();
    }

    /** Starts a statement that runs until it is cancelled. */
    RunningStatement newStatement() {
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < end) {
            UUID id = UUID.randomUUID();
            CompletableFuture<Reply> answer = CompletableFuture.supplyAsync(() -> run(id, ENDLESS));
            // It runs when its id is refused. The look itself may have had the id first: then it is tried anew.
            while (!answer.isDone()) {
                if (run(id, "SELECT 1").status() == 409) {
                    awaitHistory(id); // whoever looks after statements finds it there
                    return new RunningStatement(id, answer);
                }
            }
        }
        throw new AssertionError("No statement could be started");
    }

    private Reply run(UUID id, String statement) {
        return ask("POST", "/tarn/v1/statements", "{\"id\": \"%s\", \"statement\": \"%s\"}".formatted(id, statement));
    }

    /** A statement under way. */
    final class RunningStatement implements AutoCloseable {
        private final UUID id;
        private final CompletableFuture<Reply> answer;

        RunningStatement(UUID id, CompletableFuture<Reply> answer) {
            this.id = id;
            this.answer = answer;
        }

        String id() {
            return id.toString();
        }

        boolean runs() {
            return !answer.isDone();
        }

        @Override
        public void close() {
            if (runs()) {
                ask("DELETE", "/tarn/v1/statements/" + id, null);
            }
            answer.join();
        }
    }

    /** Everything of the tenant that its own administrator sees, but when its keys were used last. */
    String everything() {
        String tables =
                ask("GET", "/tarn/v1/tables?include=columns&limit=1000", null).body();
        String namespaces = ask("GET", "/tarn/v1/namespaces?limit=1000", null).body();
        String rows = ask("POST", "/v1/sql/execute", "{\"statement\": \"SELECT * FROM " + table() + "\"}")
                .json()
                .path("rows")
                .toString();
        String keys = ask("GET", "/tarn/v1/keys?limit=1000", null)
                .body()
                .replaceAll("\"last_used_at\":(null|\"[^\"]*\")", "\"last_used_at\":-");
        String loads =
                ask("GET", "/tarn/v1/loads?state=completed&limit=1000", null).body();
        String secrets = ask("GET", "/tarn/v1/secrets?limit=1000", null).body();
        String providers = ask("GET", "/tarn/v1/identity-providers", null).body();
        return String.join("\n", tables, namespaces, rows, keys, loads, secrets, providers);
    }

    /** What no other tenant may ever be told. */
    List<String> words() {
        List<String> words = new ArrayList<>(ids);
        words.add(word);
        return words;
    }

    private Reply ask(String method, String path, @org.jspecify.annotations.Nullable String body) {
        return body == null
                ? server.send(method, path, null, "Authorization", "Bearer " + key)
                : server.send(method, path, body, "Authorization", "Bearer " + key, "Content-Type", "application/json");
    }
}
