package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/tutorial.md}, as it stands there, against a server that has just been started. */
@Tag("slow")
class TutorialTest {
    @TempDir
    private Path folder;

    @Test
    void everyCommandWorks() throws Exception {
        Path home = folder.resolve("home");
        Path work = Files.createDirectory(folder.resolve("work"));
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            CommandLineUnderTest tarn = new CommandLineUnderTest(work, home);
            String said = DocumentedCommands.run("docs/tutorial.md", tarn);
            assertThat(said)
                    .contains("Nothing was written to cafe.sales", "7 rows into iceberg.cafe.sales")
                    .contains(" Betrag  | DECIMAL(", " Datum   | DATE", " Nord    |  960.70")
                    .contains("1 row into iceberg.cafe.sales, 1 row left out", "morgen", "is whole: backup");
            assertThat(said).contains("| 2026-01-04 | Nord");
            assertThat(work.resolve("revenue.csv")).content().contains("2026-01-03,788.00");
            assertThat(work.resolve("sales.parquet")).isNotEmptyFile();
            assertThat(server.api().count("cafe.sales")).isEqualTo(8);
        }
    }
}
