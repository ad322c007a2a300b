package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantsSecretsUsageTest {
    private static final String TENANT = """
            {"tenant":{"id":"t2","name":"acme"},"username":"acme-admin","password":"once","key":"dlx_sk_v1_once"}""";

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandRun.Result tarn(String... arguments) {
        return CommandRun.against(server).run(arguments);
    }

    private String sent(String method, String path) {
        return server.requests(method, path).getLast().body();
    }

    @Test
    void aTenantsCredentialsAreShownOnce() {
        server.answer("POST", "/tarn/v1/tenants", 201, TENANT);

        assertThat(tarn("tenants", "add", "acme"))
                .isEqualTo(new CommandRun.Result(
                        0,
                        "username: acme-admin\npassword: once\nkey: dlx_sk_v1_once\n",
                        "Tenant \"acme\" is made. Keep these now: they are not shown again.\n"));
        assertThat(sent("POST", "/tarn/v1/tenants")).isEqualTo("{\"name\":\"acme\",\"administrator\":\"acme-admin\"}");
    }

    @Test
    void orWrittenIntoAFileThatServesAsAHome() throws IOException {
        server.answer("POST", "/tarn/v1/tenants", 201, TENANT);
        Path file = folder.resolve("credentials.json");

        var made = tarn("tenants", "add", "acme", "--administrator", "ann", "--credentials", file.toString(), "--json");

        assertThat(made.out()).doesNotContain("once").contains("\"credentials\":\"" + file);
        assertThat(sent("POST", "/tarn/v1/tenants")).contains("\"administrator\":\"ann\"");
        assertThat(file)
                .hasContent(
                        "{\"url\":\"" + server.url()
                                + "\",\"tenant_id\":\"t2\",\"username\":\"acme-admin\",\"password\":\"once\",\"key\":\"dlx_sk_v1_once\"}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        int before = server.requests.size();
        assertThat(tarn("tenants", "add", "acme", "--credentials", file.toString())
                        .exitCode())
                .isEqualTo(5);
        assertThat(tarn("tenants", "add", "acme", "--credentials", folder + "/no/file")
                        .exitCode())
                .isEqualTo(6);
        assertThat(server.requests).hasSize(before);

        server.refuse("POST", "/tarn/v1/tenants", 409, "already_exists", "Tenant acme exists already.");
        Path other = folder.resolve("other.json");
        assertThat(tarn("tenants", "add", "acme", "--credentials", other.toString())
                        .exitCode())
                .isEqualTo(5);
        assertThat(other).doesNotExist();
    }

    @Test
    void tenantsAndWorkspacesAreListed() {
        server.answer("GET", "/tarn/v1/tenants", 200, "{\"tenants\":[{\"id\":\"t1\",\"name\":\"default\"}]}");
        server.answer("GET", "/tarn/v1/workspaces", 200, "{\"workspaces\":[{\"id\":\"w1\",\"name\":\"default\"}]}");
        server.answer("POST", "/tarn/v1/workspaces", 201, "{\"id\":\"w2\",\"name\":\"lab\"}");

        assertThat(tarn("tenants", "list").out()).contains(" default | t1\n");
        assertThat(tarn("workspaces", "list", "--json").out())
                .isEqualTo("{\"workspaces\":[{\"id\":\"w1\",\"name\":\"default\"}]}\n");
        assertThat(tarn("workspaces", "add", "lab").out()).isEqualTo("Workspace lab is made.\n");
    }

    @Test
    void aSecretsValueIsReadAndNeverShown() {
        server.answer("PUT", "/tarn/v1/secrets/mail", 204, "");
        server.answer("GET", "/tarn/v1/secrets", 200, """
                {"secrets":[{"name":"mail","created_at":"2026-11-27T10:00:00Z","updated_at":"2026-11-28T10:00:00Z",\
                "created_by":{"id":"u1","name":"admin"}}]}""");

        var set = CommandRun.against(server).typing("-----A\n-----B\n").run("secrets", "set", "mail");

        assertThat(set.out()).isEqualTo("Secret mail is set. Settings refer to it as secret:mail.\n");
        assertThat(sent("PUT", "/tarn/v1/secrets/mail")).isEqualTo("{\"value\":\"-----A\\n-----B\"}");
        assertThat(CommandRun.against(server).typing("\n").run("secrets", "set", "mail"))
                .isEqualTo(new CommandRun.Result(2, "", "tarn: Standard input has no value.\n"));
        assertThat(CommandRun.against(server)
                        .typing("x".repeat(1_100_000))
                        .run("secrets", "set", "mail")
                        .exitCode())
                .isEqualTo(6);
        assertThat(tarn("secrets", "list").out())
                .contains(" mail | 2026-11-28T10:00:00Z | 2026-11-27T10:00:00Z | admin");
        assertThat(tarn("secrets", "remove", "mail", "--json").out())
                .isEqualTo("{\"name\":\"mail\",\"removed\":true}\n");
    }

    @Test
    void usageSinceAWeek() {
        server.answer("GET", "/tarn/v1/usage", 200, """
                {"rows":[{"group":{"id":"u1","name":"ann"},"calls":1200,"statements":7,"bytes_scanned":1500000,\
                "job_seconds":1.5,"model_tokens":0,"cost_usd":0.25}],"total":{"calls":1200,"statements":7,\
                "bytes_scanned":1500000,"job_seconds":1.5,"model_tokens":0,"cost_usd":0.25}}""");

        assertThat(tarn("usage", "--by", "user", "--since", "7d").out()).isEqualTo("""
                 user  | calls | statements | scanned | job seconds | model tokens | cost (USD)
                -------+-------+------------+---------+-------------+--------------+------------
                 ann   | 1,200 |          7 |  1.5 MB |         1.5 |            0 |       0.25
                 total | 1,200 |          7 |  1.5 MB |         1.5 |            0 |       0.25
                """);
        var query = server.requests("GET", "/tarn/v1/usage").getFirst().query();
        assertThat(query).containsEntry("by", "user").containsEntry("time_zone", "UTC");
        Instant from = Instant.parse(query.get("from"));
        assertThat(query.get("from")).endsWith("T00:00:00Z");
        assertThat(Duration.between(from, Instant.now()).toDays()).isEqualTo(7);
    }

    @Test
    void timesInTheirForms() {
        server.answer("GET", "/tarn/v1/usage", 200, "{\"rows\":[],\"total\":{}}");

        tarn("usage", "--since", "2026-11-01", "--until", "2026-11-02T03:00:00+01:00", "--time-zone", "Europe/Berlin");
        assertThat(server.requests("GET", "/tarn/v1/usage").getFirst().query())
                .containsEntry("from", "2026-10-31T23:00:00Z")
                .containsEntry("until", "2026-11-02T02:00:00Z")
                .containsEntry("time_zone", "Europe/Berlin");
        assertThat(tarn("usage", "--since", "yesterday").err())
                .startsWith("tarn: \"yesterday\" is no time for --since.");
        assertThat(tarn("usage", "--time-zone", "Mars").exitCode()).isEqualTo(2);
    }

    @Test
    void aKeyWithItsLimits() {
        tarn(
                "keys",
                "create",
                "--user",
                "bob",
                "--role",
                "Viewer",
                "--expires",
                "30d",
                "--rate-plan",
                "free",
                "--restrict",
                "namespace:shop",
                "--restrict",
                "table:iceberg.ml.scores");

        assertThat(sent("POST", "/tarn/v1/keys"))
                .startsWith("{\"name\":\"made by tarn at ")
                .contains("\"user\":\"bob\",\"role\":\"Viewer\",\"expires_at\":\"")
                .endsWith("\"rate_plan\":\"free\",\"restricted_to\":[\"namespace:shop\",\"table:iceberg.ml.scores\"]}");
        assertThat(tarn("keys", "create", "--expires", "soon").exitCode()).isEqualTo(2);
    }

    @Test
    void theKeyOfSecretsIsRotated() {
        server.answer(
                "POST", "/tarn/v1/secrets/rotate-key", 200, "{\"key_id\":\"b\",\"old_key_id\":\"a\",\"resealed\":12}");
        assertThat(tarn("secrets", "rotate-key").out())
                .isEqualTo("Key b encrypts from now on, in place of a; encrypted anew: 12.\n");
    }
}
