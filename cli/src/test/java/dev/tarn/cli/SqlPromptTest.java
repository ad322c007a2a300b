package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.cli.client.TarnClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompt, with what somebody types; {@code HelpExamplesTest} of the system's tests has a real terminal. */
class SqlPromptTest {
    @TempDir
    private Path home;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
        server.tables.put("iceberg.shop.orders", 3L);
        server.tables.put("iceberg.shop.My Table", 3L);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private record Said(String out, String err) {}

    private Said typing(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                System.in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                true,
                true,
                true,
                Map.of("TARN_HOME", home.toString(), "PAGER", "cat >/dev/null"),
                Path.of("/nonexistent"),
                Clock.systemUTC());
        try (DumbTerminal screen = new DumbTerminal(
                "test",
                "dumb",
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                OutputStream.nullOutputStream(),
                StandardCharsets.UTF_8)) {
            TarnClient client = new TarnClient(server.url(), FakeServer.KEY);
            int exitCode = SqlPrompt.converse(
                    terminal, screen, new ServerOptions(), new StatementRunner(client, null, null, Map.of()));
            assertThat(exitCode).isZero();
        }
        return new Said(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private List<String> statements() {
        return server.requests("POST", "/tarn/v1/statements").stream()
                .map(FakeServer.Request::body)
                .toList();
    }

    @Test
    void aStatementGoesOnUntilItsSemicolon() throws IOException {
        Said said = typing("select ';'\n, 2\n;\nselect 3; select 4;\n");

        assertThat(statements()).hasSize(3);
        assertThat(statements().get(0)).contains("select ';'\\n, 2\"");
        assertThat(said.out()).contains("Connected to http://127.0.0.1", " n\n---\n 1\n(1 row, 3 ms, 0 B scanned)");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void anErrorIsToldAndTheConversationGoesOn() throws IOException {
        server.refuse("POST", "/tarn/v1/statements", 400, "syntax_error", "No such thing.");
        Said said = typing("selec 1;\n\\nonsense\n\\d\n");

        assertThat(said.err()).contains("tarn: No such thing.", "\\nonsense is no command here");
        assertThat(said.out()).contains(" iceberg.shop.orders   |    3 |");
    }

    @Test
    void commandsChangeWhatFollows() throws IOException {
        Said said = typing("\\timing\n\\x\n\\set n:INT=5\n\\c shop\nselect :n;\n\\q\nselect 2;\n");

        assertThat(said.out()).contains("Timing is off.", "-[ row 1 ]", "n | 1").doesNotContain("scanned)");
        assertThat(statements()).hasSize(1);
        assertThat(statements().getFirst()).contains("\"schema\":\"shop\"", "\"n\":{\"type\":\"INT\",\"value\":\"5\"}");
    }

    @Test
    void theHistoryIsKeptForItsOwnerAlone() throws IOException {
        typing("select 'kept';\n");

        Path history = home.resolve("sql_history");
        assertThat(history).content().contains("select 'kept';");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void namesAndKeywordsAreCompleted() throws IOException {
        assertThat(completed("select * from shop")).containsExactly("shop.orders", "shop.\"My Table\"");
        assertThat(completed("select i")).contains("id", "iceberg.shop.orders", "in");
        assertThat(completed("SEL")).containsExactly("SELECT");
        assertThat(completed("\\t")).contains("\\timing");
    }

    private List<String> completed(String typed) throws IOException {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(new DumbTerminal(System.in, System.out))
                .build();
        List<Candidate> candidates = new ArrayList<>();
        CatalogNames names = new CatalogNames(new TarnClient(server.url(), FakeServer.KEY), Clock.systemUTC());
        new PromptCompleter(names)
                .complete(
                        reader,
                        new PromptParser().parse(typed, typed.length(), Parser.ParseContext.COMPLETE),
                        candidates);
        String word = new PromptParser()
                .parse(typed, typed.length(), Parser.ParseContext.COMPLETE)
                .word();
        return candidates.stream()
                .map(Candidate::value)
                .filter(value ->
                        value.toLowerCase(java.util.Locale.ROOT).startsWith(word.toLowerCase(java.util.Locale.ROOT)))
                .toList();
    }
}
