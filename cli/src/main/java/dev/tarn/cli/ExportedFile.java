package dev.tarn.cli;

import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes an answer to a file that appears when all of it has come. */
final class ExportedFile {
    private static final int BUFFER = 1 << 16;

    private ExportedFile() {}

    static long write(TarnClient client, InputStream answer, Path file) throws RequestException, CommandException {
        Path target = file.toAbsolutePath().normalize();
        Path partial = target.resolveSibling("." + target.getFileName() + ".partial");
        try {
            try (OutputStream out = Files.newOutputStream(partial)) {
                copy(client, answer, out);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            return Files.size(target);
        } catch (IOException e) {
            throw new CommandException(ExitCode.WRONG_INPUT, file + " cannot be written (" + e.getMessage() + ").");
        } finally {
            try {
                Files.deleteIfExists(partial);
            } catch (IOException e) {
                // The folder went away; so did the file.
            }
        }
    }

    /** A break of the connection is told from a full disk: the one is the server's, the other ours. */
    static void copy(TarnClient client, InputStream answer, OutputStream out) throws RequestException, IOException {
        byte[] buffer = new byte[BUFFER];
        while (true) {
            int read;
            try {
                read = answer.read(buffer);
            } catch (IOException e) {
                throw new RequestException.Broken(client.url(), FailureText.sentence(e));
            }
            if (read < 0) {
                return;
            }
            out.write(buffer, 0, read);
            if (out instanceof PrintStream stream && stream.checkError()) {
                throw new IOException("standard output was closed");
            }
        }
    }
}
