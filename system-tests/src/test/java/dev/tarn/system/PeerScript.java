package dev.tarn.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Scripts that bring another engine and say how it is started. */
final class PeerScript {
    private static final Path ROOT = Path.of(System.getProperty("tarn.root"));

    private PeerScript() {}

    /** The command that a script prints, one argument a line; what it says besides goes to the log. */
    static List<String> command(Path log, String script, String... arguments) throws IOException, InterruptedException {
        List<String> call =
                new ArrayList<>(List.of(ROOT.resolve("scripts").resolve(script).toString()));
        call.addAll(List.of(arguments));
        Process process = new ProcessBuilder(call)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        List<String> lines;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            lines = output.lines().toList();
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("scripts/" + script + " failed, see " + log);
        }
        return lines;
    }
}
