package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description =
                "Load files into a table: CSV, TSV, JSON, NDJSON, Parquet, XLSX, plain or packed. All files of one"
                        + " command are one commit: all of it or nothing.",
        footer = {
            "",
            "Examples:",
            "  tarn load orders.csv --table iceberg.shop.orders",
            "  tarn load orders.csv --table iceberg.shop.orders --preview",
            "  tarn load 'exports/2026-*.csv' --table iceberg.shop.orders --append --add-columns",
            "  tarn load export.txt --table iceberg.shop.orders --replace --delimiter ';' --decimal ,",
            "  tarn load orders.csv --table shop.checked --on-error skip --columns \"id BIGINT, ordered DATE\"",
            "  cat orders.csv | tarn load - --table iceberg.shop.piped"
        })
final class LoadCommand implements Callable<Integer> {
    private enum Mode {
        create,
        append,
        replace
    }

    private enum OnError {
        stop,
        skip
    }

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files, folders (their files of known kinds), patterns in quotes, or - for standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--table", required = true, paramLabel = "TABLE", description = "For example iceberg.shop.orders.")
    private String table = "";

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Modes modes = new Modes();

    static final class Modes {
        @Option(
                names = "--mode",
                paramLabel = "MODE",
                description = "create (the default; fails when the table exists), append or replace.")
        private Mode mode = Mode.create;

        @Option(names = "--append", description = "The same as --mode append.")
        private boolean append;

        @Option(names = "--replace", description = "The same as --mode replace.")
        private boolean replace;

        String name() {
            return append ? Mode.append.name() : replace ? Mode.replace.name() : mode.name();
        }
    }

    @Option(names = "--add-columns", description = "Columns that an existing table lacks are added to it.")
    private boolean addColumns;

    @Option(
            names = "--columns",
            paramLabel = "LIST",
            description =
                    "Exactly these columns, in this order, as in \"a DATE, b AS c INT\"; without a type it is found out.")
    private @Nullable String columns;

    @Option(
            names = "--on-error",
            paramLabel = "WHAT",
            description =
                    "stop (the default) or skip: rows that cannot be read go to a file of rejects, and the load goes on.")
    private OnError onError = OnError.stop;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Where rejects go; FILE.rejects.csv unless told otherwise.")
    private @Nullable Path rejects;

    @Option(names = "--rejects-table", paramLabel = "TABLE", description = "Rejects go to this table too.")
    private @Nullable String rejectsTable;

    @Option(names = "--once", description = "Load nothing when the same bytes were loaded into this table before.")
    private boolean once;

    @Option(
            names = "--preview",
            description = "Show columns, types and first rows as they would be loaded; write nothing.")
    private boolean preview;

    LoadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        List<Path> paths = LoadSources.files(files);
        List<LoadSource> sources = new ArrayList<>();
        for (Path file : paths) {
            sources.add(LoadSource.of(file));
        }
        if (sources.isEmpty()) {
            sources.add(LoadSource.standardInput(terminal));
        }
        String name = paths.isEmpty()
                ? "standard input"
                : paths.size() == 1 ? paths.getFirst().toString() : paths.size() + " files";
        TarnClient client = server.client(terminal);
        LoadWish wish = new LoadWish(table, modes.name(), options.given(), columnList(), more());
        try {
            if (preview) {
                new LoadPreview(terminal, client, server.json).show(sources, wish);
                return ExitCode.OK.number;
            }
            JsonObject load = new Loading(terminal, client).send(sources, wish);
            LoadReport report = new LoadReport(terminal, client, name, rejectsFile(paths));
            if (server.json) {
                terminal.out().println(Json.write(JsonObject.of("loads", List.of(load))));
                report.keepRejects(load);
            } else {
                report.print(load);
            }
            return ExitCode.OK.number;
        } catch (RequestException.Refused refused) {
            throw server.json ? refused : failure(name, paths, refused);
        }
    }

    private List<JsonObject> columnList() throws CommandException {
        return columns == null ? List.of() : ColumnList.parse(columns);
    }

    private Map<String, @Nullable Object> more() {
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        if (addColumns) {
            more.put("add_columns", true);
        }
        if (onError == OnError.skip) {
            more.put("on_error", onError.name());
        }
        if (rejectsTable != null) {
            more.put("rejects_table", rejectsTable);
        }
        if (once) {
            more.put("once", true);
        }
        return more;
    }

    private Path rejectsFile(List<Path> paths) {
        if (rejects != null) {
            return rejects;
        }
        if (paths.size() == 1) {
            Path file = paths.getFirst();
            return file.resolveSibling(file.getFileName() + ".rejects.csv");
        }
        return Path.of(table.replaceAll("[^\\p{L}\\p{N}._-]", "_") + ".rejects.csv");
    }

    private static CommandException failure(String name, List<Path> paths, RequestException.Refused refused) {
        String file = refused.problem().document().text("file");
        // Of several files the server says which; the person knows it by the path.
        String shown = file == null
                ? name
                : paths.stream()
                        .filter(path -> path.endsWith(file))
                        .map(Path::toString)
                        .findFirst()
                        .orElse(name.contains(file) ? name : file);
        return new CommandException(
                ExitCode.ofStatus(refused.problem().status()), FailureText.load(shown, refused.problem()));
    }
}
