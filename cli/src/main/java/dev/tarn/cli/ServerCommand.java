package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.CellText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that makes calls to a server and prints what they answer: as JSON, or in words. */
public abstract class ServerCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    protected ServerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    protected abstract void run(TarnClient client) throws Exception;

    @Override
    public final Integer call() throws Exception {
        run(server.client(terminal));
        return ExitCode.OK.number;
    }

    protected final Terminal terminal() {
        return terminal;
    }

    protected final boolean json() {
        return server.json;
    }

    /** The answer, or one line about it. */
    protected final void say(JsonObject answer, String sentence) {
        terminal.out().println(json() ? Json.write(answer) : CellText.visible(sentence));
    }

    /** Objects as the member of that name, or as a table. */
    protected final void list(String member, List<JsonObject> objects, Listing table) {
        if (json()) {
            terminal.out().println(Json.write(JsonObject.of(member, objects)));
        } else {
            table.print(terminal.out(), objects);
        }
    }
}
