package dev.tarn.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Where what was typed is kept: in the home of the server, or in the user's own when that is on another machine. */
final class PromptHistory {
    private PromptHistory() {}

    /** A file that its owner alone can read, for statements hold what people look for; empty when none can be made. */
    static Optional<Path> file(Terminal terminal, Path home) {
        String own = terminal.variable("HOME");
        Path file = Files.isDirectory(home) && Files.isWritable(home)
                ? home.resolve("sql_history")
                : own == null ? null : Path.of(own, ".tarn_sql_history");
        if (file == null) {
            return Optional.empty();
        }
        var privately = PosixFilePermissions.fromString("rw-------");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(privately));
        } catch (FileAlreadyExistsException e) {
            // Kept from the last time.
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            Files.setPosixFilePermissions(file, privately);
            return Optional.of(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
