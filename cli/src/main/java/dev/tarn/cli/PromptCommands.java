package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.CellText;
import dev.tarn.cli.statement.ParameterOption;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The lines of the prompt that begin with a backslash, as psql has them. */
final class PromptCommands {
    private static final String HELP = """
            \\d              tables            \\d TABLE      columns of a table
            \\dn             namespaces        \\l            catalogs
            \\c NAMESPACE    the namespace of tables named without one
            \\set NAME=VALUE the value of :NAME; NAME:TYPE=VALUE; \\set alone shows all, \\unset NAME
            \\x              a column a line, or a table again
            \\timing         rows, time and bytes after each result, or not
            \\pager          long results through a pager, or not
            \\e              the last statement in your editor ($VISUAL, $EDITOR), then run it
            \\i FILE         run the statements of a file
            \\q              leave (also Ctrl-D)
            A statement ends with a semicolon. Ctrl-C cancels it. Tab completes names.""";

    private final Terminal terminal;
    private final PromptState state;
    private final CatalogNames names;

    PromptCommands(Terminal terminal, PromptState state, CatalogNames names) {
        this.terminal = terminal;
        this.state = state;
        this.names = names;
    }

    /** Carries a line out, and returns statements that are to be run because of it: those of an editor or a file. */
    String run(String line) throws CommandException, RequestException, IOException {
        PrintStream out = terminal.out();
        String[] words = line.replaceFirst(";\\s*$", "").split("\\s+", 2);
        String rest = words.length > 1 ? words[1].strip() : "";
        switch (words[0]) {
            case "\\?", "\\h", "\\help" -> out.println(HELP);
            case "\\q", "\\quit" -> state.leave();
            case "\\d", "\\dt" -> describe(rest);
            case "\\dn" -> namespaces();
            case "\\l" -> out.println("iceberg");
            case "\\c" -> use(rest);
            case "\\x" -> out.println("A column a line is " + word(state.switchExpanded()) + ".");
            case "\\timing" -> out.println("Timing is " + word(state.switchTiming()) + ".");
            case "\\pager" -> out.println("The pager is " + word(state.switchPaging()) + ".");
            case "\\set" -> set(rest);
            case "\\unset" -> state.set(rest, null);
            case "\\e" -> {
                return edited();
            }
            case "\\i" -> {
                return file(rest);
            }
            default -> throw new CommandException(ExitCode.USAGE, words[0] + " is no command here; \\? lists them.");
        }
        return "";
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }

    private void describe(String table) throws RequestException {
        TarnClient client = state.runner().client();
        if (table.isEmpty()) {
            new Listing()
                    .text("table", "name")
                    .count("rows", "row_count")
                    .bytes("size", "size_bytes")
                    .print(terminal.out(), client.fetchAll("/tarn/v1/tables", "tables"));
            return;
        }
        String schema = state.runner().schema();
        String named = table.contains(".") || schema == null ? table : schema + "." + table;
        JsonObject found =
                client.fetch("/tarn/v1/tables/" + TarnClient.encode(DescribeCommand.fullName(named.replace("\"", ""))));
        terminal.out()
                .println(CellText.visible(found.text("name", named)) + ": " + Amount.rows(found.number("row_count")));
        new Listing()
                .text("column", "name")
                .text("type", "type")
                .text("nullable", column -> column.truth("nullable") ? "yes" : "no")
                .print(terminal.out(), found.objects("columns"));
    }

    private void namespaces() throws RequestException {
        List<JsonObject> namespaces = state.runner().client().fetchAll("/tarn/v1/namespaces", "namespaces");
        new Listing().text("namespace", "name").print(terminal.out(), namespaces);
    }

    private void use(String namespace) {
        state.useSchema(namespace.isEmpty() ? null : namespace.replaceFirst("^iceberg\\.", ""));
        names.forget();
        terminal.out()
                .println(namespace.isEmpty() ? "Tables are named in full." : "The namespace is " + namespace + ".");
    }

    private void set(String rest) throws CommandException {
        if (rest.isEmpty()) {
            state.runner().parameters().forEach((name, value) -> terminal.out().println(name + "=" + value));
            return;
        }
        try {
            ParameterOption parameter = ParameterOption.parse(rest);
            state.set(parameter.name(), parameter.value());
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, FailureText.sentence(e));
        }
    }

    private static String file(String name) throws CommandException {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException e) {
            throw new CommandException(ExitCode.WRONG_INPUT, name + " cannot be read as a UTF-8 text file.");
        }
    }

    private String edited() throws CommandException, IOException {
        String visual = terminal.variable("VISUAL");
        String editor = visual != null ? visual : terminal.variable("EDITOR");
        if (editor == null) {
            throw new CommandException(ExitCode.USAGE, "No editor is known; set EDITOR.");
        }
        Path file = Files.createTempFile(
                "tarn", ".sql", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(file, state.last());
            // As a shell would, for an editor may come with options.
            int exitCode = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            return exitCode == 0 ? Files.readString(file) : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
