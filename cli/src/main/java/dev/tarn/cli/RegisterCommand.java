package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
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
        name = "register",
        mixinStandardHelpOptions = true,
        description =
                "Adopt Iceberg tables that exist already, where they are: one by its metadata file, or those of another"
                        + " catalog. No file is copied, moved or deleted. The server's operator grants the folders"
                        + " (tarn.storage.roots). Without --dry-run what can be registered is; the rest is told.",
        footer = {
            "",
            "Examples:",
            "  tarn register /srv/lake/web/visits/metadata/v3.metadata.json --table web.visits",
            "  tarn register --hadoop /srv/lake --dry-run",
            "  tarn register --hadoop /srv/lake --namespace sales --only-table other.one --into lake",
            "  tarn register --rest https://catalog.example.com --warehouse prod --credential < secret.txt",
            "  tarn register --rest https://catalog.example.com --token --secret catalog-token"
        })
final class RegisterCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source = new Source();

    static final class Source {
        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "FILE",
                description = "A table's metadata file, as the server sees it; needs --table.")
        private @Nullable String file;

        @Option(
                names = "--hadoop",
                paramLabel = "FOLDER",
                description = "The warehouse folder of a hadoop catalog, as the server sees it.")
        private @Nullable String hadoop;

        @Option(
                names = "--rest",
                paramLabel = "URL",
                description = "The address of another server's Iceberg REST catalog, up to /v1.")
        private @Nullable String rest;
    }

    @Option(names = "--table", paramLabel = "TABLE", description = "What the table of a metadata file is called here.")
    private @Nullable String table;

    @Option(
            names = "--namespace",
            paramLabel = "NAMESPACE",
            description = "Only tables in this namespace of the catalog, and below it. Repeatable.")
    private List<String> namespaces = new ArrayList<>();

    @Option(
            names = "--only-table",
            paramLabel = "TABLE",
            description = "Only this table, by its name in the catalog: namespace.table. Repeatable.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--into",
            paramLabel = "NAMESPACE",
            description =
                    "The namespace here under which the catalog's namespaces go; at the top unless told otherwise.")
    private @Nullable String into;

    @Option(names = "--warehouse", paramLabel = "NAME", description = "What the REST catalog calls the warehouse.")
    private @Nullable String warehouse;

    @Option(
            names = "--credential",
            description = "The REST catalog wants id:secret. It is asked for, or read from standard input.")
    private boolean credential;

    @Option(
            names = "--token",
            description = "The REST catalog wants a bearer token. It is asked for, or read from standard input.")
    private boolean token;

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            description = "A stored secret of the server (tarn secrets set) is the token or the credential.")
    private @Nullable String secret;

    @Option(
            names = "--token-url",
            paramLabel = "URL",
            description = "Where the credential's token comes from; the catalog itself unless told otherwise.")
    private @Nullable String tokenAddress;

    @Option(names = "--scope", paramLabel = "SCOPE", description = "Of that token; catalog unless told otherwise.")
    private @Nullable String scope;

    @Option(names = "--dry-run", description = "Only tell what would happen.")
    private boolean dryRun;

    RegisterCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        JsonObject adopted = new Registering(terminal, server.client(terminal)).run(wish());
        JsonObject adoption = adopted.object("adoption");
        if (adoption == null) {
            throw new CommandException(ExitCode.UNEXPECTED, "The server did not tell how the adoption ended.");
        }
        if (server.json) {
            terminal.out().println(Json.write(adopted));
        } else {
            Registering.print(terminal, adopted);
        }
        return Registering.end(adoption, dryRun).number;
    }

    private JsonObject wish() throws CommandException {
        if (source.file != null && table == null) {
            throw new CommandException(ExitCode.USAGE, "A metadata file needs --table: what its table is called here.");
        }
        if (token && credential) {
            throw new CommandException(ExitCode.USAGE, "The catalog takes --token or --credential, not both.");
        }
        if (secret != null && !token && !credential) {
            throw new CommandException(ExitCode.USAGE, "Say with --token or --credential what the secret is.");
        }
        Map<String, @Nullable Object> wish = new LinkedHashMap<>();
        wish.put("kind", source.file != null ? "metadata_file" : source.hadoop != null ? "hadoop" : "rest");
        wish.put("location", source.file != null ? source.file : source.hadoop != null ? source.hadoop : source.rest);
        put(wish, "name", table);
        put(wish, "warehouse", warehouse);
        if (token || credential) {
            wish.put(token ? "token" : "credential", secret == null ? hidden() : "secret:" + secret);
        }
        put(wish, "token_address", tokenAddress);
        put(wish, "scope", scope);
        put(wish, "namespaces", namespaces.isEmpty() ? null : namespaces);
        put(wish, "tables", tables.isEmpty() ? null : tables);
        put(wish, "into", into);
        wish.put("dry_run", dryRun);
        return new JsonObject(wish);
    }

    private static void put(Map<String, @Nullable Object> wish, String name, @Nullable Object value) {
        if (value != null) {
            wish.put(name, value);
        }
    }

    private String hidden() throws CommandException {
        String what = token ? "Token" : "Credential";
        return terminal.inputIsTerminal()
                ? HiddenInput.asked(terminal, what, false, "give it on standard input")
                : HiddenInput.firstLine(terminal, what);
    }
}
