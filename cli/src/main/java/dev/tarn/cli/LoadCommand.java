package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.output.Amount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Load CSV or TSV files into a table. Each file is one commit: all of it or nothing.",
        footer = {
            "",
            "Examples:",
            "  tarn load orders.csv --table iceberg.shop.orders",
            "  tarn load 2026-*.csv --table iceberg.shop.orders --mode append",
            "  tarn load export.txt --table iceberg.shop.orders --mode replace --delimiter ';' --no-header"
        })
final class LoadCommand implements Callable<Integer> {
    private enum Mode {
        create,
        append,
        replace
    }

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "CSV (.csv) or tab-separated (.tsv, .tab) files.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--table", required = true, paramLabel = "TABLE", description = "For example iceberg.shop.orders.")
    private String table = "";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "create",
            description = "create (the default; fails when the table exists), append or replace. Of several files the"
                    + " first is loaded with this mode and the others are appended to it.")
    private Mode mode = Mode.create;

    @Option(
            names = "--delimiter",
            paramLabel = "CHAR",
            description = "Between fields; \\t for a tab. Otherwise found out.")
    private @Nullable String delimiter;

    @Option(names = "--quote", paramLabel = "CHAR", description = "Around fields. Otherwise found out.")
    private @Nullable String quote;

    @Option(
            names = "--header",
            negatable = true,
            description = "Whether the first line names the columns. Otherwise found out.")
    private @Nullable Boolean header;

    LoadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        List<LoadSource> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(LoadSource.of(file));
        }
        Loading loading = new Loading(terminal, server.client(terminal));
        List<JsonObject> loads = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Mode modeOfFile = i == 0 ? mode : Mode.append;
            try {
                JsonObject load = loading.send(sources.get(i), table, modeOfFile.name(), format());
                loads.add(load);
                report(files.get(i), load);
            } catch (RequestException.Refused refused) {
                fail(files.get(i), refused, loads);
            }
        }
        if (server.json) {
            terminal.out().println(Json.write(JsonObject.of("loads", loads)));
        }
        return ExitCode.OK.number;
    }

    private Map<String, String> format() {
        Map<String, String> format = new LinkedHashMap<>();
        if (delimiter != null) {
            format.put("delimiter", delimiter.equals("\\t") ? "\t" : delimiter);
        }
        if (quote != null) {
            format.put("quote", quote);
        }
        if (header != null) {
            format.put("header", header.toString());
        }
        return format;
    }

    private void report(Path file, JsonObject load) {
        if (!server.json) {
            terminal.out()
                    .println(file + ": " + Amount.rows(load.number("rows")) + " into " + load.text("table", table)
                            + " (" + Amount.bytes(load.number("bytes_read")) + " read, "
                            + Amount.bytes(load.number("bytes_written")) + " written, " + load.number("elapsed_ms")
                            + " ms)");
            terminal.out().flush();
        }
    }

    private void fail(Path file, RequestException.Refused refused, List<JsonObject> loads)
            throws CommandException, RequestException {
        if (server.json) {
            throw refused;
        }
        String sentence = FailureText.load(file.toString(), refused.problem());
        if (files.size() > 1) {
            sentence = sentence.replaceFirst("[.]$", "") + "; " + loads.size() + " of " + files.size()
                    + " files were loaded";
        }
        throw new CommandException(ExitCode.ofStatus(refused.problem().status()), sentence);
    }
}
