package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of docs/access.md is what the code does; {@code -Dtarn.docs.write=true} writes it. */
class RolesPageTest {
    private static final Path PAGE = RunningServer.root().resolve("docs/access.md");
    private static final String BEGIN = "<!-- roles begin -->\n";
    private static final String END = "<!-- roles end -->";

    @Test
    void theTableIsTheCode() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        if (Boolean.getBoolean("tarn.docs.write")) {
            Files.writeString(PAGE, page.substring(0, from) + table() + page.substring(to));
            return;
        }
        assertThat(page.substring(from, to)).isEqualTo(table());
    }

    private static String table() {
        List<BuiltInRole> roles = List.of(BuiltInRole.values());
        StringBuilder table = new StringBuilder("| on all of | ");
        table.append(roles.stream().map(BuiltInRole::text).collect(Collectors.joining(" | ")))
                .append(" |\n|---|")
                .append("---|".repeat(roles.size()))
                .append('\n');
        for (Resource.Kind kind : Resource.Kind.values()) {
            if (kind != Resource.Kind.NAMESPACE && kind != Resource.Kind.TABLE) {
                table.append("| ").append(kind.text());
                roles.forEach(role -> table.append(" | ").append(shown(role.verbs(kind))));
                table.append(" |\n");
            }
        }
        return table.toString();
    }

    private static String shown(Set<Verb> verbs) {
        if (verbs.equals(EnumSet.allOf(Verb.class))) {
            return "all";
        }
        return Arrays.stream(Verb.values())
                .filter(verbs::contains)
                .map(Verb::text)
                .collect(Collectors.joining(", "));
    }
}
