package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/tutorial.md}, as it stands there, against a server that has just been started. */
@Tag("slow")
class TutorialTest {
    private static final Path PAGE =
            Path.of(System.getProperty("tarn.root", "..")).resolve("docs/tutorial.md");
    private static final Pattern BLOCK = Pattern.compile("```(sh|sql)\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void everyCommandWorks() throws Exception {
        Path home = folder.resolve("home");
        Path work = Files.createDirectory(folder.resolve("work"));
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            boolean everything = HelpExamplesTest.servesEverything(server);
            CommandLineUnderTest tarn = new CommandLineUnderTest(work, home);
            StringBuilder said = new StringBuilder();
            for (String block : blocks()) {
                if (!everything && HelpExamplesTest.LATER.matcher(block).find()) {
                    continue;
                }
                CommandLineUnderTest.Ended ended = tarn.bash(block);
                assertThat(ended.exitCode()).as("%s%n%s", block, ended.output()).isZero();
                said.append(ended.output());
            }
            assertThat(said)
                    .contains("Nothing was written to cafe.sales", "7 rows into iceberg.cafe.sales")
                    .contains(" Betrag  | DECIMAL(", " Datum   | DATE", " Nord    |  960.70")
                    .contains("1 row into iceberg.cafe.sales, 1 row left out", "morgen", "is whole: backup");
            if (!everything) {
                return;
            }
            assertThat(said).contains("| 2026-01-04 | Nord");
            assertThat(work.resolve("revenue.csv")).content().contains("2026-01-03,788.00");
            assertThat(work.resolve("sales.parquet")).isNotEmptyFile();
        }
    }

    private static List<String> blocks() throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
        return matcher.results()
                .map(block -> block.group(1).equals("sql")
                        ? "./tarn sql '" + block.group(2).strip() + "'"
                        : block.group(2))
                .toList();
    }
}
