package dev.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word about the client counts: the audit trail has the address, the cookie whether it came over TLS. */
class TrustedProxiesTest {
    private static RunningServer behindProxy;

    @BeforeAll
    static void start(@TempDir Path home) {
        behindProxy =
                RunningServer.start(home, "tarn.server.trusted-proxies=127.0.0.0/8, ::1, 10.0.0.0/8, 2001:db8:9::/48");
    }

    @AfterAll
    static void stop() {
        behindProxy.close();
    }

    /** The address in the audit trail of a sign-in with these lines of X-Forwarded-For. */
    private static String addressOf(RunningServer server, String... lines) {
        String id = UUID.randomUUID().toString();
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json", "X-Request-Id", id));
        for (String line : lines) {
            headers.addAll(List.of("X-Forwarded-For", line));
        }
        String proof = "{\"key\":\"" + server.key() + "\"}";
        server.send("POST", "/tarn/v1/session", proof, headers.toArray(String[]::new));
        return server.bean(Database.class)
                .client()
                .sql("SELECT address FROM audit_entries WHERE request_id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7 | 203.0.113.7",
                "203.0.113.7:4711 | 203.0.113.7",
                "[2001:db8::7]:4711 | 2001:db8:0:0:0:0:0:7",
                "2001:db8::7 | 2001:db8:0:0:0:0:0:7",
                "::ffff:203.0.113.7 | 203.0.113.7",
                // what the client wrote itself stands to the left
                "1.1.1.1, 203.0.113.7 | 203.0.113.7",
                "127.0.0.1, 203.0.113.7 | 203.0.113.7",
                "203.0.113.7, 10.1.2.3 | 203.0.113.7",
                "203.0.113.7, 10.1.2.3, 2001:db8:9::1 | 203.0.113.7",
                // not an address: what is to its left is not believed either
                "203.0.113.7, unknown | 127.0.0.1",
                "203.0.113.7, evil.example.com, 10.1.2.3 | 10.1.2.3",
                "garbage | 127.0.0.1",
                "'203.0.113.7,' | 127.0.0.1",
                "fe80::1%eth0 | 127.0.0.1",
                "203.0.113.7\tx | 127.0.0.1",
            })
    void theClientIsTheLastAddressThatIsNoProxy(String header, String expected) {
        assertThat(addressOf(behindProxy, header)).isEqualTo(expected);
    }

    @Test
    void severalLinesAreOneListAndALongListIsNotFollowed() {
        assertThat(addressOf(behindProxy, "1.1.1.1", "203.0.113.7", "10.0.0.1")).isEqualTo("203.0.113.7");
        assertThat(addressOf(behindProxy, "203.0.113.7" + ", 10.0.0.1".repeat(500)))
                .isEqualTo("10.0.0.1");
        assertThat(addressOf(behindProxy)).isEqualTo("127.0.0.1");
    }

    @Test
    void withoutTrustedProxiesNobodysWordCounts() {
        assertThat(addressOf(RunningServer.shared(), "203.0.113.7")).isEqualTo("127.0.0.1");
        assertThat(cookie(RunningServer.shared(), "https"))
                .startsWith("tarn_session=")
                .doesNotContain("Secure");
    }

    @Test
    void theCookieIsSecureWhenTheClientCameOverTls() {
        assertThat(cookie(behindProxy, "https"))
                .startsWith("__Host-tarn_session=")
                .contains("; Secure");
        assertThat(cookie(behindProxy, "HTTPS, http")).contains("; Secure");
        assertThat(cookie(behindProxy, "http")).startsWith("tarn_session=").doesNotContain("Secure");
        assertThat(cookie(behindProxy, "javascript")).doesNotContain("Secure");
        assertThat(behindProxy
                        .send("GET", "/livez", null, "X-Forwarded-Proto", "https")
                        .header("Strict-Transport-Security"))
                .isEqualTo("max-age=31536000");
        assertThat(behindProxy.send("GET", "/livez", null).header("Strict-Transport-Security"))
                .isEmpty();
    }

    private static String cookie(RunningServer server, String proto) {
        return server.send(
                        "POST",
                        "/tarn/v1/session",
                        "{\"key\":\"" + server.key() + "\"}",
                        "Content-Type",
                        "application/json",
                        "X-Forwarded-Proto",
                        proto)
                .header("Set-Cookie");
    }
}
