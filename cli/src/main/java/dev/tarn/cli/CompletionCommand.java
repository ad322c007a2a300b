package dev.tarn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a script that teaches a shell to complete commands and options.",
        footer = {
            "",
            "Examples:",
            "  source <(tarn completion bash)",
            "  tarn completion bash > ~/.local/share/bash-completion/completions/tarn",
            "  source <(tarn completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {
    private enum Shell {
        bash,
        zsh
    }

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec specification;

    @Parameters(index = "0", paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        // What picocli writes offers fixed words; ours goes between it and its function that prints them.
        String script = AutoComplete.bash(
                                "tarn",
                                Objects.requireNonNull(specification).root().commandLine())
                        .replace("function compReplyArray()", "function _tarn_quoted()")
                        .replace("$( compReplyArray ", "$( _tarn_offered ")
                + ours();
        // zsh reads bash's completions when told to before anything else.
        String before = shell == Shell.zsh
                ? "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                : "";
        terminal.out().print(before + script);
        return ExitCode.OK.number;
    }

    private static String ours() throws IOException {
        try (InputStream in = CompletionCommand.class.getResourceAsStream("completion.bash")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
