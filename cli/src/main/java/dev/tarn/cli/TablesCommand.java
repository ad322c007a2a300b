package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonNumber;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.PathQuery;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.Column;
import dev.tarn.cli.output.TableSink;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tables",
        mixinStandardHelpOptions = true,
        description = "List tables with their rows and size.",
        footer = {"", "Examples:", "  tarn tables", "  tarn tables shop --columns"})
final class TablesCommand implements Callable<Integer> {
    private static final String CATALOG = "iceberg.";

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAMESPACE",
            description = "Only the tables of this namespace, with or without `iceberg.` before it.")
    private @Nullable String namespace;

    @Option(names = "--columns", description = "One line for each column, with its type.")
    private boolean columns;

    TablesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        TarnClient client = server.client(terminal);
        List<JsonObject> tables = client.fetchAll(query(), "tables");
        if (server.json) {
            terminal.out().println(Json.write(JsonObject.of("tables", tables)));
        } else if (columns) {
            printColumns(tables);
        } else {
            printTables(tables);
        }
        return ExitCode.OK.number;
    }

    private PathQuery query() {
        return new PathQuery("/tarn/v1/tables")
                .with("include", columns || server.json ? "columns" : null)
                .with("namespace", namespace == null ? null : bare(namespace));
    }

    private static String bare(String namespace) {
        return namespace.startsWith(CATALOG) ? namespace.substring(CATALOG.length()) : namespace;
    }

    private void printTables(List<JsonObject> tables) {
        TableSink sink = new TableSink(terminal.out(), "");
        sink.begin(List.of(text("table"), number("rows"), number("size"), number("files"), text("updated")));
        for (JsonObject table : tables) {
            sink.row(Arrays.asList(
                    table.value("name"),
                    count(table, "row_count"),
                    table.value("size_bytes") instanceof JsonNumber size ? Amount.bytes(size.asLong()) : null,
                    count(table, "file_count"),
                    table.value("updated_at")));
        }
        sink.end();
    }

    private void printColumns(List<JsonObject> tables) {
        TableSink sink = new TableSink(terminal.out(), "");
        sink.begin(List.of(text("table"), text("column"), text("type"), text("nullable")));
        for (JsonObject table : tables) {
            for (JsonObject column : table.objects("columns")) {
                sink.row(Arrays.asList(
                        table.value("name"), column.value("name"), column.value("type"), column.value("nullable")));
            }
        }
        sink.end();
    }

    private static @Nullable String count(JsonObject table, String name) {
        return table.value(name) instanceof JsonNumber number ? Amount.count(number.asLong()) : null;
    }

    private static Column text(String name) {
        return new Column(name, "STRING");
    }

    private static Column number(String name) {
        return new Column(name, "BIGINT");
    }
}
