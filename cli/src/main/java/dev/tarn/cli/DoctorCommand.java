package dev.tarn.cli;

import dev.tarn.cli.client.Credentials;
import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.doctor.Finding;
import dev.tarn.cli.doctor.MachineChecks;
import dev.tarn.cli.doctor.OfflineDatabase;
import dev.tarn.cli.doctor.PortCheck;
import dev.tarn.cli.doctor.ServerChecks;
import dev.tarn.cli.output.CellText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Look whether all is in order: Java, home folder, disk, port, database, workers, versions, clock; and"
                        + " say how to mend what is not. Ends with 1 when there is a problem.",
        footer = {"", "Examples:", "  tarn doctor", "  tarn doctor --home /srv/tarn --json"})
final class DoctorCommand implements Callable<Integer> {
    private static final int WORST_LINE = 9;

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port that the server is to have, looked at when none runs; 8080 unless told otherwise.")
    private int port = 8080;

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Path home = server.home(terminal);
        List<Finding> findings = new ArrayList<>();
        if (!server.urlGiven()) {
            findings.addAll(MachineChecks.run(home));
        }
        if (server.urlGiven() || running(home)) {
            TarnClient client = server.client(terminal);
            findings.addAll(new ServerChecks(client, Tarn.VERSION, terminal.clock()).run());
        } else {
            findings.add(PortCheck.of(port));
            if (Files.isDirectory(home)) {
                findings.addAll(offline(home));
            }
        }
        print(findings);
        boolean problem = findings.stream().anyMatch(finding -> finding.grade() == Finding.Grade.problem);
        return problem ? ExitCode.UNEXPECTED.number : ExitCode.OK.number;
    }

    private boolean running(Path home) throws IOException {
        return terminal.variable("TARN_URL") != null
                || Credentials.read(home)
                        .map(known -> new TarnClient(known.url(), known.key()).ready())
                        .orElse(false);
    }

    private List<Finding> offline(Path home) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream answer = new PrintStream(out, false, StandardCharsets.UTF_8);
                PrintStream sentence = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            int exitCode = OperatorProcess.run(
                    terminal.complainingTo(sentence), List.of("check", "--home", home.toString()), "", answer);
            if (exitCode == 0 && Json.read(new ByteArrayInputStream(out.toByteArray())) instanceof JsonObject found) {
                return OfflineDatabase.findings(found);
            }
            String told = err.toString(StandardCharsets.UTF_8).strip().replaceFirst("^tarn: ", "");
            return List.of(OfflineDatabase.unreachable(told.lines().findFirst().orElse("it cannot be looked at")));
        } catch (CommandException e) {
            return List.of(OfflineDatabase.unreachable(FailureText.sentence(e)));
        }
    }

    private void print(List<Finding> findings) {
        if (server.json) {
            terminal.out()
                    .println(Json.write(JsonObject.of(
                            "checks",
                            findings.stream()
                                    .map(finding -> JsonObject.of(
                                            "check",
                                            finding.check(),
                                            "grade",
                                            finding.grade().name(),
                                            "found",
                                            finding.found(),
                                            "mend",
                                            finding.mend()))
                                    .toList())));
            return;
        }
        for (Finding finding : findings) {
            String grade = finding.grade().name()
                    + " ".repeat(WORST_LINE - finding.grade().name().length());
            terminal.out()
                    .println(coloured(finding.grade(), grade) + finding.check() + ": "
                            + CellText.visible(finding.found()));
            if (!finding.mend().isEmpty()) {
                terminal.out().println(" ".repeat(WORST_LINE) + "-> " + CellText.visible(finding.mend()));
            }
        }
    }

    private String coloured(Finding.Grade grade, String text) {
        String style = switch (grade) {
            case ok -> "green";
            case warning -> "yellow";
            case problem -> "red,bold";
        };
        return terminal.colourful() ? Ansi.ON.string("@|" + style + " " + text + "|@") : text;
    }
}
