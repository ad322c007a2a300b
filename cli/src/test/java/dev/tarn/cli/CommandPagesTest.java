package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference in {@code docs/cli.md} is what the commands say of themselves; {@code ./build docs} writes it. */
class CommandPagesTest {
    private static final Path PAGE = Path.of("../docs/cli.md");
    private static final String MARK = "<!-- From here on written by ./build docs. -->\n";

    @Test
    void theReferenceIsUpToDate() throws IOException {
        String page = Files.readString(PAGE);
        int mark = page.indexOf(MARK);
        assertThat(mark).as("the mark in " + PAGE).isPositive();
        String written = page.substring(0, mark) + MARK + reference();
        if (Boolean.getBoolean("tarn.docs.write")) {
            Files.writeString(PAGE, written);
        }
        assertThat(Files.readString(PAGE)).as("run ./build docs").isEqualTo(written);
    }

    private static String reference() {
        StringBuilder text = new StringBuilder();
        CommandLine tarn = Tarn.commandLine(Terminal.system());
        tarn.getSubcommands().values().forEach(command -> describe(command, text));
        return text.toString();
    }

    private static void describe(CommandLine command, StringBuilder text) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        text.append("\n### ").append(spec.qualifiedName()).append("\n\n");
        text.append(String.join(" ", spec.usageMessage().description())).append("\n");
        Stream<ArgSpec> arguments = Stream.concat(spec.positionalParameters().stream(), spec.options().stream());
        String rows = arguments
                .filter(argument -> !argument.hidden())
                .filter(argument -> !(argument instanceof OptionSpec option && option.usageHelp()))
                .filter(argument -> !(argument instanceof OptionSpec option && option.versionHelp()))
                .map(argument -> "| `" + name(argument) + "` | " + description(argument) + " |\n")
                .collect(Collectors.joining());
        if (!rows.isEmpty()) {
            text.append("\n| argument | meaning |\n|---|---|\n").append(rows);
        }
        String examples = Arrays.stream(spec.usageMessage().footer())
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        if (!examples.isEmpty()) {
            text.append("\n```\n").append(examples).append("\n```\n");
        }
        command.getSubcommands().values().forEach(inner -> describe(inner, text));
    }

    private static String name(ArgSpec argument) {
        return switch (argument) {
            case PositionalParamSpec positional ->
                positional.paramLabel() + (argument.arity().max() > 1 ? "..." : "");
            case OptionSpec option -> {
                String names = String.join(", ", option.names());
                String negated =
                        option.negatable() ? ", --no-" + option.longestName().substring(2) : "";
                yield names + negated + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
            }
            default -> argument.paramLabel();
        };
    }

    private static String description(ArgSpec argument) {
        String text = String.join(" ", argument.description());
        if (text.contains("${COMPLETION-CANDIDATES}") && argument.completionCandidates() != null) {
            String choices = Stream.of(argument.completionCandidates())
                    .flatMap(candidates -> java.util.stream.StreamSupport.stream(candidates.spliterator(), false))
                    .collect(Collectors.joining(", "));
            text = text.replace("${COMPLETION-CANDIDATES}", choices);
        }
        return text.replace("|", "\\|") + (argument.required() ? " Required." : "");
    }
}
