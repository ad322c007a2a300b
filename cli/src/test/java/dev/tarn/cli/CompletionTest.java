package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bash offers after Tab, with a {@code tarn} that says what it was asked for names. */
class CompletionTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(
                folder.resolve("completion"),
                new CommandRun().run("completion", "bash").out());
        Path tarn = folder.resolve("tarn");
        Files.writeString(tarn, """
                #!/bin/sh
                echo "$@" >> asked
                case $2 in
                users) echo ann; echo bob ;;
                roles) echo Analyst; echo Viewer ;;
                resources) echo '*'; echo namespace:iceberg.shop; echo table:iceberg.shop.orders; echo table:iceberg.ml.x ;;
                esac
                """);
        assertThat(tarn.toFile().setExecutable(true)).isTrue();
    }

    /** The words as bash cuts them; the last one is being completed. */
    private List<String> offered(String line, String... words) throws Exception {
        List<String> quoted = new ArrayList<>();
        for (String word : words) {
            quoted.add("'" + word + "'");
        }
        String script = """
                source ./completion
                compopt() { :; }
                COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _tarn_with_colons
                printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(line, String.join(" ", quoted));
        ProcessBuilder builder = new ProcessBuilder("bash", "--norc", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().filter(text -> !text.isBlank()).toList();
    }

    private String asked() throws IOException {
        Path asked = folder.resolve("asked");
        return Files.exists(asked) ? Files.readString(asked).strip() : "";
    }

    @Test
    void rolesAndUsersComeFromTheServer() throws Exception {
        assertThat(offered("tarn users add x --role ", "tarn", "users", "add", "x", "--role", ""))
                .containsExactly("Analyst", "Viewer");
        assertThat(asked()).isEqualTo("names roles");
        assertThat(offered("tarn users disable a", "tarn", "users", "disable", "a"))
                .containsExactly("ann");
        assertThat(offered("tarn grants add --to ", "tarn", "grants", "add", "--to", ""))
                .containsExactly("Analyst", "Viewer", "ann", "bob");
    }

    @Test
    void theServerOfTheLineIsAsked() throws Exception {
        offered(
                "tarn users disable --home /srv/tarn --url http://h:1 b",
                "tarn",
                "users",
                "disable",
                "--home",
                "/srv/tarn",
                "--url",
                "http",
                ":",
                "//h",
                ":",
                "1",
                "b");
        assertThat(asked()).isEqualTo("names users --home /srv/tarn --url http://h:1");
    }

    @Test
    void resourcesHaveColons() throws Exception {
        assertThat(offered("tarn grants add --on ta", "tarn", "grants", "add", "--on", "ta"))
                .containsExactly("table:iceberg.shop.orders", "table:iceberg.ml.x");
        assertThat(offered("tarn grants add --on table:", "tarn", "grants", "add", "--on", "table", ":"))
                .containsExactly("iceberg.shop.orders", "iceberg.ml.x");
        assertThat(offered(
                        "tarn grants add --on table:iceberg.s",
                        "tarn",
                        "grants",
                        "add",
                        "--on",
                        "table",
                        ":",
                        "iceberg.s"))
                .containsExactly("iceberg.shop.orders");
    }

    @Test
    void wordsOfOurOwnNeedNoServer() throws Exception {
        assertThat(offered("tarn grants why --verb s", "tarn", "grants", "why", "--verb", "s"))
                .containsExactly("select");
        assertThat(offered("tarn gr", "tarn", "gr")).containsExactly("grants");
        assertThat(offered("tarn users ", "tarn", "users", ""))
                .containsExactly("add", "list", "role", "password", "disable", "enable");
        assertThat(asked()).isEmpty();
    }

    @Test
    void namesAreAskedForWithoutComplaint() throws IOException {
        try (FakeServer server = new FakeServer(0)) {
            server.tables.put("iceberg.shop.orders", 1L);
            server.answer("GET", "/tarn/v1/users", 200, "{\"users\":[{\"name\":\"ann\"}],\"next_cursor\":null}");

            assertThat(CommandRun.against(server).run("names", "users").out()).isEqualTo("ann\n");
            assertThat(CommandRun.against(server).run("names", "resources").out())
                    .contains("*\n", "namespace:iceberg.shop\n", "table:iceberg.shop.orders\n");
            assertThat(CommandRun.against(server).run("names", "secrets")).isEqualTo(new CommandRun.Result(0, "", ""));
            assertThat(CommandRun.against(server).run("--help").out()).doesNotContain("\n  names");
        }
    }
}
