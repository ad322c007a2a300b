package dev.tarn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page on OWASP's standard leaves no requirement out, and names nothing that is not there. */
class AsvsPageTest {
    private static final Path PAGE = RunningServer.root().resolve("docs/asvs.md");
    private static final Path NUMBERS = RunningServer.root().resolve("server/src/test/resources/asvs-5.0.0.csv");
    private static final List<String> STATES = List.of("met", "partly", "not met", "does not apply");
    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", ".git", "dist");
    private static final Pattern ROW = Pattern.compile("\\| ([0-9.]+) \\| ([12]) \\| (.+) \\| ([a-z ]+) \\| (.+) \\|");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+|[\\w.-]+\\.(?:tsx?|mjs|json|xml))`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#([^)]+))?\\)");

    private static List<Row> rows = List.of();
    private static String page = "";

    /** One requirement on the page. */
    private record Row(String number, String level, String about, String state, String where) {}

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(PAGE);
        rows = ROW.matcher(page)
                .results()
                .map(found -> new Row(found.group(1), found.group(2), found.group(3), found.group(4), found.group(5)))
                .toList();
    }

    @Test
    void everyNumberIsThereOnceInOrderWithItsLevel() throws IOException {
        assertThat(rows.stream().map(row -> row.number() + "," + row.level()))
                .containsExactlyElementsOf(Files.readAllLines(NUMBERS).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList());
        assertThat(page.lines().filter(line -> line.matches("\\| *[0-9]+\\..*")))
                .hasSize(rows.size());
    }

    @Test
    void theSumsAreThoseOfTheRows() {
        assertThat(page).contains(sums("1", "1"), sums("2", "2"), sums("both", "[12]"));
    }

    private static String sums(String name, String level) {
        return STATES.stream()
                .map(state -> String.valueOf(rows.stream()
                        .filter(row -> row.level().matches(level) && row.state().equals(state))
                        .count()))
                .collect(Collectors.joining(" | ", "| " + name + " | ", " |\n"));
    }

    @Test
    void whatIsMetNamesWhatDoesItAndAllThatIsNamedIsThere() throws IOException {
        Set<String> files = sources();
        assertThat(files).contains("AsvsPageTest.java", "session.test.mjs");
        assertThat(rows).allSatisfy(row -> {
            assertThat(STATES).contains(row.state());
            List<String> named = NAMED.matcher(row.where())
                    .results()
                    .map(name -> name.group(1).contains(".") ? name.group(1) : name.group(1) + ".java")
                    .toList();
            assertThat(files).as(row.number()).containsAll(named);
            if (row.state().equals("met")) {
                assertThat(!named.isEmpty() || LINK.matcher(row.where()).find())
                        .as(row.number() + " says where")
                        .isTrue();
            }
        });
    }

    @Test
    void everyLinkLeadsToAPageAndItsHeading() throws IOException {
        for (Map.Entry<String, String> link : LINK.matcher(page)
                .results()
                .map(found -> Map.entry(found.group(1), found.group(2) == null ? "" : found.group(2)))
                .collect(Collectors.toSet())) {
            Path target = PAGE.resolveSibling(link.getKey()).normalize();
            assertThat(target).exists();
            if (!link.getValue().isEmpty()) {
                assertThat(Files.readString(target).lines().map(AsvsPageTest::anchor))
                        .as(link.getKey())
                        .contains(link.getValue());
            }
        }
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String line) {
        return line.startsWith("#")
                ? line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-')
                : "";
    }

    private static Set<String> sources() throws IOException {
        try (Stream<Path> all = Files.find(
                RunningServer.root(), 20, (path, attributes) -> attributes.isRegularFile() && isSource(path))) {
            return all.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static boolean isSource(Path path) {
        for (Path part : RunningServer.root().relativize(path)) {
            if (NOT_SOURCES.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
