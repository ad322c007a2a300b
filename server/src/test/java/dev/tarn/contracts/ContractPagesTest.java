package dev.tarn.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages in docs/contracts are those of today's files; {@code -Dtarn.docs.write=true} writes them. */
class ContractPagesTest {
    private static final Path PAGES = Path.of("..", "docs", "contracts");

    static List<ContractFile> files() {
        return ContractFile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void thePageIsThatOfTheFile(ContractFile file) throws IOException {
        Path page = PAGES.resolve(file.name() + ".md");
        if (Boolean.getBoolean("tarn.docs.write")) {
            Files.createDirectories(PAGES);
            Files.writeString(page, ContractPages.page(file));
        }

        assertThat(page).as("a stale page; ./build docs writes it").hasContent(ContractPages.page(file));
    }

    @Test
    void everyListedOperationStandsOnItsPage() {
        for (String name : ContractFile.PUBLISHED) {
            String page = ContractPages.page(ContractFile.read(name));
            assertThat(ListedOperation.of(name))
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(page)
                            .contains(
                                    row.ofClient()
                                            ? "| `" + row.path() + "` |"
                                            : "| " + row.method() + " | `" + row.path() + "`"));
        }
    }
}
