package dev.tarn.cli;

import dev.tarn.cli.client.Credentials;
import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.sample.RetailSample;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        description = "Start a server, load a retail sample of 1.2 million rows, show some statements, and serve until"
                + " Ctrl-C. A second run loads nothing twice.",
        footer = {
            "",
            "Examples:",
            "  tarn quickstart",
            "  tarn quickstart --home /tmp/tarn --port 9000",
            "  tarn quickstart --once --json"
        })
final class QuickstartCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--port", paramLabel = "N", description = "The server's port; 8080 unless told otherwise.")
    private @Nullable Integer port;

    @Option(names = "--once", description = "End after the statements instead of serving on.")
    private boolean once;

    QuickstartCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Narration narration = new Narration(terminal);
        if (server.urlGiven()) {
            show(server.client(terminal), narration);
            return ExitCode.OK.number;
        }
        Path home = server.home(terminal);
        try (QuickstartServer running = QuickstartServer.open(terminal, home, port, narration)) {
            show(running.client(), narration);
            sayWhatNext(home, running.client());
            if (once) {
                narration.say(running.ours() ? "Stopping the server (--once)" : "The server goes on running");
            } else {
                narration.say(
                        running.ours() ? "Serving until Ctrl-C" : "The server goes on running where it was started");
                running.serve();
            }
        }
        return ExitCode.OK.number;
    }

    private void show(TarnClient client, Narration narration) throws Exception {
        // With --json the tables of the tour are told as JSON alone.
        PrintStream out = server.json
                ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                : terminal.out();
        List<JsonObject> tables = new SampleLoading(terminal, client, narration).run(RetailSample.FULL);
        List<JsonObject> statements = new Tour(client, out).run();
        if (server.json) {
            terminal.out()
                    .println(Json.write(
                            JsonObject.of("url", client.url().toString(), "tables", tables, "statements", statements)));
            terminal.out().flush();
        }
    }

    private void sayWhatNext(Path home, TarnClient client) throws IOException {
        String username = Credentials.read(home).map(Credentials::username).orElse("admin");
        PrintStream out = server.json ? terminal.err() : terminal.out();
        out.println();
        out.println("The console is at " + client.url() + "/");
        out.println("Sign in as " + username + "; the password, and the key that other programs use, are in");
        out.println("  " + home.resolve(Credentials.FILE));
        out.println();
        out.println("Three things to try next, in another terminal:");
        String options = server.home(terminal).equals(terminal.root().resolve(".tarn")) ? "" : " --home " + home;
        String tarn = terminal.root().resolve("tarn").toString();
        out.println("  " + tarn + " sql" + options + " \"select * from iceberg.shop.orders limit 5\"");
        out.println("  " + tarn + " load" + options + " FILE.csv --table iceberg.shop.mine");
        out.println("  open " + client.url() + "/ in a browser");
        out.println();
        out.flush();
    }
}
