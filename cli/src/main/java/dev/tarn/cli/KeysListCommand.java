package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.output.Column;
import dev.tarn.cli.output.TableSink;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List keys, newest first, revoked ones too.",
        footer = {"", "Examples:", "  tarn keys list", "  tarn keys list --json"})
final class KeysListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    KeysListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        List<JsonObject> keys = server.client(terminal).fetchAll("/tarn/v1/keys", "keys");
        if (server.json) {
            terminal.out().println(Json.write(JsonObject.of("keys", keys)));
            return ExitCode.OK.number;
        }
        TableSink sink = new TableSink(terminal.out(), "");
        sink.begin(Stream.of("id", "name", "starts with", "user", "created", "last used", "expires", "revoked")
                .map(name -> new Column(name, "STRING"))
                .toList());
        for (JsonObject key : keys) {
            JsonObject user = key.object("user");
            sink.row(Arrays.asList(
                    key.value("id"),
                    key.value("name"),
                    key.value("prefix"),
                    user == null ? "" : user.value("name"),
                    key.value("created_at"),
                    key.text("last_used_at", "never"),
                    key.text("expires_at", "never"),
                    key.text("revoked_at", "no")));
        }
        sink.end();
        return ExitCode.OK.number;
    }
}
