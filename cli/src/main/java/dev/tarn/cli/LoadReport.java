package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.CellText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tells what a load did, and keeps the rows that it left out. */
record LoadReport(Terminal terminal, TarnClient client, String name, Path rejectsFile) {

    void print(JsonObject load) throws RequestException, CommandException {
        String table = load.text("table", "");
        if (load.truth("repeated")) {
            terminal.out()
                    .println(name + ": was loaded into " + table + " before, as load " + load.text("id", "?")
                            + "; nothing was written");
            return;
        }
        long rejected = load.number("rejected_rows");
        terminal.out()
                .println(name + ": " + Amount.rows(load.number("rows")) + " into " + table
                        + (rejected > 0 ? ", " + Amount.rows(rejected) + " left out" : "") + " ("
                        + Amount.bytes(load.number("bytes_read")) + " read, "
                        + Amount.bytes(load.number("bytes_written")) + " written, " + load.number("elapsed_ms")
                        + " ms)");
        for (String warning : load.texts("warnings")) {
            terminal.err().println("tarn: " + CellText.visible(warning));
        }
        keepRejects(load);
        terminal.out().flush();
    }

    void keepRejects(JsonObject load) throws RequestException, CommandException {
        if (load.number("rejected_rows") == 0 || load.truth("repeated")) {
            return;
        }
        Path partial = rejectsFile.resolveSibling("." + rejectsFile.getFileName() + ".partial");
        try (TarnClient.Opened answer = client.download("/tarn/v1/loads/" + load.text("id", "") + "/rejects")) {
            Files.copy(answer.body(), partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, rejectsFile, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.WRONG_INPUT,
                    "The table was loaded, but its rejects cannot be written to " + rejectsFile
                            + ". Fetch them with `tarn loads rejects " + load.text("id", "") + "`.");
        }
        terminal.err()
                .println("tarn: " + Amount.rows(load.number("rejected_rows")) + " of " + name
                        + " were left out; line, column, value and reason of each are in " + rejectsFile);
    }
}
