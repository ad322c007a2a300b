package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/access.md}, as it stands there, against a server that has just been started. */
@Tag("slow")
class AccessPageTest {
    @TempDir
    private Path folder;

    @Test
    void aColleagueSeesWhatWasGranted() throws Exception {
        Path home = folder.resolve("home");
        Path work = Files.createDirectory(folder.resolve("work"));
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            String said = DocumentedCommands.run("docs/access.md", new CommandLineUnderTest(work, home));

            assertThat(said)
                    .contains("User ann is made, with Viewer.")
                    .contains("no: ann may not select table:iceberg.shop.sales", "It can be granted by admin.")
                    .contains("partly: ann may select table:iceberg.shop.sales in part")
                    .contains("""
                             id | country | status
                            ----+---------+--------
                              1 | DE      | paid
                              3 | DE      | open
                            (2 rows""")
                    .contains("that column is not there for her", "ann cannot sign in any more");
            assertThat(server.api().sql("select * from shop.sales").rows()).hasSize(4);
        }
    }
}
