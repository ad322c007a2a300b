package dev.tarn.sql;

import dev.tarn.engine.ExportedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A result as a file.
 *
 * @param id the statement
 * @param file gone once this is closed
 */
public record ExportOutcome(UUID id, Path file, ExportedFile result, long elapsedMs) implements AutoCloseable {
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
