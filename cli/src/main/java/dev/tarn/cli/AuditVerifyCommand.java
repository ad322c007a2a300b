package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.CellText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Look whether the audit trail is as it was sealed: nothing changed, removed, inserted, moved or cut"
                        + " off. Ends with 1 when it is not. Heads in the server's log files are compared too.",
        footer = {
            "",
            "Examples:",
            "  tarn audit verify",
            "  tarn audit verify --json",
            "  tarn audit verify --offline --home /srv/tarn"
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--head",
            paramLabel = "SEQ:HASH",
            description = "A head that was kept elsewhere; the chain must go through it. Can be given several times;"
                    + " with --offline as TENANT:SEQ:HASH.")
    private List<String> heads = new ArrayList<>();

    @Option(names = "--server", description = "The trail of what belongs to no tenant, for the operator.")
    private boolean ofServer;

    @Option(
            names = "--offline",
            description = "Read the database itself, without a server and without a key; all tenants.")
    private boolean offline;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "With --offline: the JDBC URL; otherwise TARN_DATABASE_URL, tarn.yaml, then the home's own.")
    private @Nullable String databaseUrl;

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description = "With --offline: a folder of log files with heads; otherwise the home's logs.")
    private @Nullable Path logs;

    AuditVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        JsonObject answer = offline ? readDatabase() : askServer();
        List<JsonObject> reports = offline ? answer.objects("chains") : List.of(answer);
        if (server.json) {
            terminal.out().println(Json.write(answer));
        } else {
            reports.forEach(this::print);
        }
        boolean intact = reports.stream().allMatch(report -> report.truth("intact"));
        return intact ? ExitCode.OK.number : ExitCode.UNEXPECTED.number;
    }

    private JsonObject askServer() throws Exception {
        if (databaseUrl != null || logs != null) {
            throw new CommandException(ExitCode.USAGE, "--database-url and --logs go with --offline.");
        }
        JsonObject wish = new JsonObject(new LinkedHashMap<>());
        wish.members().put("heads", heads);
        if (ofServer) {
            wish.members().put("scope", "server");
        }
        return server.client(terminal).post("/tarn/v1/audit/verify", wish);
    }

    private JsonObject readDatabase() throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("audit", "--home", server.home(terminal).toString()));
        heads.forEach(head -> arguments.addAll(List.of("--head", head)));
        if (databaseUrl != null) {
            arguments.addAll(List.of("--database-url", databaseUrl));
        }
        if (logs != null) {
            arguments.addAll(List.of("--logs", logs.toAbsolutePath().toString()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream answer = new PrintStream(out, false, StandardCharsets.UTF_8);
                PrintStream sentence = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            int exitCode = OperatorProcess.run(terminal.complainingTo(sentence), arguments, "", answer);
            if (exitCode == 0 && Json.read(new ByteArrayInputStream(out.toByteArray())) instanceof JsonObject found) {
                return found;
            }
            String told = err.toString(StandardCharsets.UTF_8).strip();
            throw new CommandException(
                    ExitCode.UNEXPECTED,
                    Json.read(new ByteArrayInputStream(told.getBytes(StandardCharsets.UTF_8)))
                                    instanceof JsonObject problem
                            ? problem.text("detail", told)
                            : told);
        }
    }

    private void print(JsonObject report) {
        String tenant = report.text("tenant_id");
        String whose = tenant == null ? "" : "Tenant " + report.text("tenant", tenant) + ": ";
        JsonObject head = report.object("head");
        String end = head == null
                ? "nothing is sealed yet"
                : "%s entries from %s on, head %d:%s"
                        .formatted(
                                Amount.count(report.number("entries")),
                                Amount.count(report.number("first_sequence")),
                                head.number("sequence"),
                                head.text("hash"));
        terminal.out().println(whose + (report.truth("intact") ? "intact: " : "NOT INTACT: ") + end);
        for (JsonObject problem : report.objects("problems")) {
            terminal.out().println("  " + CellText.visible(problem.text("text", "?")) + entry(problem));
        }
    }

    private static String entry(JsonObject problem) {
        String id = problem.text("entry_id");
        return id == null ? "" : " (entry %d, id %s)".formatted(problem.number("sequence"), id);
    }
}
