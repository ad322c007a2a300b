package dev.tarn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Stands here for the list of commands: the launcher runs the server itself, in a process of its own. */
@Command(
        name = "serve",
        description = "Run the server until Ctrl-C (see `tarn serve --help`).",
        footer = {
            "",
            "Examples:",
            "  tarn serve",
            "  tarn serve --home /srv/tarn --host 0.0.0.0 --port 8080",
            "  tarn serve --database-url jdbc:postgresql://db/tarn --warehouse /srv/warehouse"
        })
final class ServeCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws CommandException {
        throw new CommandException(
                ExitCode.USAGE, "`serve` is run by the launcher: ./tarn serve " + String.join(" ", arguments));
    }
}
