package dev.tarn.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files and folders of a benchmark. */
public final class Folders {
    private Folders() {}

    /** Deletes a folder and all in it; a missing one is fine. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path : walk(folder).sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** All files below a folder with that end of name. */
    public static List<Path> files(Path folder, String ending) throws IOException {
        return Files.exists(folder)
                ? walk(folder).filter(path -> path.toString().endsWith(ending)).toList()
                : List.of();
    }

    private static Stream<Path> walk(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList().stream();
        }
    }
}
