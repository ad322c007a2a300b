package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands hand to the server's program; what that does with it is tested there. */
class BackupCommandTest {
    @TempDir
    private Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        root = PackagedRoot.in(folder.resolve("clone with blanks"));
    }

    private CommandRun.Result tarn(String input, String... arguments) {
        return new CommandRun().in(root).typing(input).run(arguments);
    }

    @Test
    void thePassphraseGoesToTheProgramAndNotIntoItsCommandLine() {
        var result =
                tarn("größe 東京\nmore", "backup", "--output", folder.resolve("b").toString(), "--passphrase-stdin");

        assertThat(result.out())
                .contains("arguments: [backup, --home, " + root.resolve(".tarn") + ", --output, " + folder.resolve("b")
                        + "]")
                .contains("passphrase: größe 東京\n");
        assertThat(result.err()).isEqualTo("tarn: said by the server's program\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void everyOptionAndTheExitCodeAreHandedOn() throws IOException {
        Path secret = Files.writeString(folder.resolve("p"), "correct horse\n");
        var backup = tarn(
                "",
                "backup",
                "--home",
                folder.toString(),
                "--output",
                "/b",
                "--replace",
                "--database-url",
                "jdbc:x",
                "--json",
                "--passphrase-file",
                secret.toString());
        assertThat(backup.out())
                .contains("--home, " + folder + ", --output, /b, --replace, --database-url, jdbc:x, --json]")
                .contains("passphrase: correct horse\n");
        assertThat(backup.exitCode()).isEqualTo(5);

        var restore = tarn("", "restore", "/b", "--home", "/new", "--check", "--passphrase-file", secret.toString());
        assertThat(restore.out()).contains("[restore, /b, --home, /new, --check]");
    }

    @Test
    void wrongCommandLines() {
        assertThat(tarn("", "restore", "/b", "--passphrase-stdin").err()).contains("--home");
        assertThat(tarn("", "backup", "--output", "/b").err()).contains("--passphrase-stdin");
        assertThat(tarn("", "backup", "--passphrase-stdin").exitCode()).isEqualTo(2);
        assertThat(new CommandRun()
                        .in(folder)
                        .typing("x")
                        .run("backup", "--output", "/b", "--passphrase-stdin")
                        .err())
                .contains("not built");
    }
}
