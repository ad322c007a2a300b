package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotasAndProvidersTest {
    private static final String STANDING = """
            {"tenant_id":"t1","storage_bytes":500000000000,"scanned_bytes_day":null,"scanned_bytes_month":0,\
            "used":{"storage_bytes":1500000,"scanned_bytes_day":0,"scanned_bytes_month":12}}""";
    private static final String PROVIDER = """
            {"name":"company","issuer":"https://login.example.com","client_id":"tarn","has_client_secret":true,\
            "audience":"tarn","scopes":["openid"],"roles_claim":null,"role_mapping":{},"default_roles":["Viewer"],\
            "just_in_time":true,"shown":false}""";
    private static final String PROVIDERS = "/tarn/v1/identity-providers";

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
        server.answer("GET", "/tarn/v1/quotas", 200, STANDING);
        server.answer("PUT", "/tarn/v1/quotas", 200, STANDING);
        server.answer("GET", PROVIDERS, 200, "{\"providers\":[" + PROVIDER + "]}");
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
    void quotasAreShownWithWhatIsUsed() {
        assertThat(tarn("quotas", "show", "--tenant", "a b").out()).isEqualTo("""
                 quota               |   used | at most
                ---------------------+--------+---------
                 storage             | 1.5 MB | 500 GB
                 scanned today (UTC) |    0 B | none
                 scanned this month  |   12 B | 0 B
                """);
        assertThat(server.requests("GET", "/tarn/v1/quotas").getFirst().query()).containsEntry("tenant", "a b");
        assertThat(tarn("quotas", "show", "--json").out()).isEqualTo(STANDING + "\n");
    }

    @Test
    void allQuotasAreSetAtOnce() {
        var set = tarn(
                "quotas",
                "set",
                "--tenant",
                "acme",
                "--storage",
                "0.5TB",
                "--scanned-day",
                "none",
                "--scanned-month",
                "2 GiB");
        assertThat(set.out()).contains("storage", "500 GB");
        assertThat(sent("PUT", "/tarn/v1/quotas"))
                .isEqualTo("{\"tenant\":\"acme\",\"storage_bytes\":500000000000,\"scanned_bytes_month\":2147483648}");
        assertThat(tarn("quotas", "set", "--storage", "1GB").exitCode()).isEqualTo(2);
        assertThat(server.requests("PUT", "/tarn/v1/quotas")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1500,1500", "1kB,1000", "1KiB,1024", "12 B,12", "1.5mb,1500000", "1TiB,1099511627776"})
    void sizes(String text, long bytes) {
        assertThat(setting(text).exitCode()).isZero();
        assertThat(sent("PUT", "/tarn/v1/quotas")).isEqualTo("{\"storage_bytes\":" + bytes + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "1XB", "1ib", "0.0001kB", "99999999999999999TB", "1e3", "1,5GB"})
    void whatIsNoSize(String text) {
        assertThat(setting(text).err()).contains("\"" + text + "\" is no size for --storage; give none, or bytes as");
        assertThat(server.requests).isEmpty();
    }

    private CommandRun.Result setting(String storage) {
        return tarn("quotas", "set", "--storage=" + storage, "--scanned-day", "none", "--scanned-month", "none");
    }

    @Test
    void providersAreListedAndRemoved() {
        server.answer("DELETE", PROVIDERS + "/company", 204, "");
        assertThat(tarn("providers", "list").out())
                .contains(" company | https://login.example.com | tarn   | tarn     | yes    |            | yes ");
        assertThat(tarn("providers", "list", "--json").out()).isEqualTo("{\"providers\":[" + PROVIDER + "]}\n");
        assertThat(tarn("providers", "remove", "company").out()).isEqualTo("Identity provider company is removed.\n");
        assertThat(tarn("names", "providers").out()).isEqualTo("company\n");
    }

    @Test
    void aProviderIsAddedAndItsSecretIsOnNoCommandLine() {
        server.answer("PUT", PROVIDERS + "/office", 200, PROVIDER);
        var made = CommandRun.against(server)
                .typing("battery staple\nmore")
                .run(
                        "providers",
                        "add",
                        "office",
                        "--issuer",
                        "https://id.example.org",
                        "--client-id",
                        "c",
                        "--client-secret-stdin",
                        "--roles-claim",
                        "groups",
                        "--map-role",
                        "a=b=Admin",
                        "--no-default-role",
                        "--shown");
        assertThat(made.err()).isEmpty();
        assertThat(made.out())
                .isEqualTo("The users of https://id.example.org are let in, as identity provider office.\n");
        assertThat(sent("PUT", PROVIDERS + "/office"))
                .isEqualTo(
                        "{\"issuer\":\"https://id.example.org\",\"client_id\":\"c\","
                                + "\"client_secret\":\"battery staple\",\"roles_claim\":\"groups\","
                                + "\"role_mapping\":{\"a\":\"b=Admin\"},\"default_roles\":[],\"just_in_time\":false,\"shown\":true}");
        assertThat(tarn("providers", "add", "x", "--issuer", "i", "--client-id", "c", "--client-secret", "s")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void oneThatIsThereIsChangedOnlyWhenThatIsWanted() {
        server.answer("PUT", PROVIDERS + "/company", 200, PROVIDER);
        String[] add = {"providers", "add", "company", "--issuer", "i", "--client-id", "c"};
        assertThat(tarn(add).exitCode()).isEqualTo(5);
        assertThat(server.requests("PUT", PROVIDERS + "/company")).isEmpty();
        assertThat(tarn(Stream.concat(Arrays.stream(add), Stream.of("--replace", "--json"))
                                .toArray(String[]::new))
                        .out())
                .isEqualTo(PROVIDER + "\n");
    }

    @Test
    void aKeyBeginsAsItsClientExpects() {
        server.answer("POST", "/tarn/v1/keys", 201, "{\"id\":\"k\",\"name\":\"n\",\"key\":\"dl_sk_v1_x\"}");
        assertThat(tarn("keys", "create", "--name", "n", "--prefix", "dl_sk_v1_", "--quiet")
                        .out())
                .isEqualTo("dl_sk_v1_x\n");
        assertThat(sent("POST", "/tarn/v1/keys")).isEqualTo("{\"name\":\"n\",\"prefix\":\"dl_sk_v1_\"}");
    }
}
