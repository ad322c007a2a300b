package dev.tarn.platform.workers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders whose files workers may be sent to; whoever owns some declares them as a bean. They are made when they are missing. */
public record WorkerFolders(List<Path> paths) {
    public WorkerFolders {
        paths = List.copyOf(paths);
        paths.forEach(WorkerFolders::make);
    }

    private static void make(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + path + " cannot be used", e);
        }
    }
}
