package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** audit list, audit verify. */
class AuditCommandsTest {
    private static final String HASH = "ab".repeat(32);

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

    @Test
    void entriesAreAskedForAndListed() {
        server.answer("GET", "/tarn/v1/audit", 200, """
                {"entries":[{"id":"1","sequence":7,"at":"2026-11-27T10:00:00Z","who":{"kind":"key","id":"u","name":"ann"},\
                "verb":"run","resource":"statement:s1","outcome":"denied","request_id":"r","address":"10.0.0.1",\
                "details":{"sql":"select\\n 1"}}],"next_cursor":null}""");

        assertThat(tarn(
                                "audit",
                                "list",
                                "--who",
                                "ann",
                                "--verb",
                                "run",
                                "--outcome",
                                "denied",
                                "--from",
                                "2026-01-01",
                                "--until",
                                "2027-01-01",
                                "--resource",
                                "statement:*",
                                "--search",
                                "a b",
                                "--limit",
                                "5",
                                "--server")
                        .out())
                .contains("ann", "run", "statement:s1", "denied", "10.0.0.1", "{\"sql\":\"select\\n 1\"}");
        assertThat(server.requests("GET", "/tarn/v1/audit").getFirst().query())
                .containsEntry("who", "ann")
                .containsEntry("verb", "run")
                .containsEntry("outcome", "denied")
                .containsEntry("from", "2026-01-01")
                .containsEntry("until", "2027-01-01")
                .containsEntry("resource", "statement:*")
                .containsEntry("q", "a b")
                .containsEntry("limit", "5")
                .containsEntry("scope", "server");
        assertThat(tarn("audit", "list", "--json").out()).startsWith("{\"entries\":[");
    }

    @Test
    void anIntactTrailEndsWithZeroAndAnotherWithOne() {
        server.answer("POST", "/tarn/v1/audit/verify", 200, """
                {"intact":true,"entries":12,"first_sequence":3,"head":{"sequence":14,"hash":"%s","sealed_at":null},\
                "unsealed":0,"problems":[]}""".formatted(HASH));
        var intact = tarn("audit", "verify", "--head", "9:" + HASH);
        assertThat(intact.exitCode()).isZero();
        assertThat(intact.out()).isEqualTo("intact: 12 entries from 3 on, head 14:" + HASH + "\n");
        assertThat(server.requests("POST", "/tarn/v1/audit/verify").getFirst().body())
                .contains("\"heads\":[\"9:" + HASH + "\"]");

        server.answer("POST", "/tarn/v1/audit/verify", 200, """
                {"intact":false,"entries":12,"first_sequence":1,"head":{"sequence":12,"hash":"%s","sealed_at":null},\
                "unsealed":0,"problems":[{"sequence":4,"entry_id":"e4","text":"The entry was changed"},\
                {"sequence":9,"entry_id":null,"text":"Entry 9 is missing"}]}""".formatted(HASH));
        var broken = tarn("audit", "verify");
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.out())
                .startsWith("NOT INTACT: ")
                .contains("  The entry was changed (entry 4, id e4)\n", "  Entry 9 is missing\n");
        assertThat(tarn("audit", "verify", "--json").exitCode()).isEqualTo(1);
        assertThat(tarn("audit", "verify", "--database-url", "x").exitCode()).isEqualTo(2);
        assertThat(tarn("audit").exitCode()).isEqualTo(2);
    }
}
