package dev.tarn.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A result that stands in a file now.
 *
 * @param tables the full names of the tables that were read
 */
public record ExportedFile(long rows, long bytes, long bytesScanned, List<String> tables) {

    static void delete(String path) {
        try {
            Files.deleteIfExists(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
