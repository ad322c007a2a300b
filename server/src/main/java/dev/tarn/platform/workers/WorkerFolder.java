package dev.tarn.platform.workers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder whose files workers may be sent to; whoever owns one declares it as a bean. It is made when it is missing. */
public record WorkerFolder(Path path) {
    public WorkerFolder {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + path + " cannot be used", e);
        }
    }
}
