package dev.tarn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder that the quick start grants to tables beside its own warehouse, so that the example of DRLS's configuration is true as it
 * stands. Whoever has granted folders has said which.
 */
final class GrantedFolder {
    private static final String SETTING = "TARN_STORAGE_ROOTS";
    private static final Path FOLDER = Path.of("/tmp/warehouse");

    private GrantedFolder() {}

    static Map<String, String> environment(Path home) throws IOException {
        return environment(home, System.getenv(), FOLDER);
    }

    static Map<String, String> environment(Path home, Map<String, String> own, Path folder) throws IOException {
        Path settings = home.resolve("tarn.yaml");
        boolean said = own.containsKey(SETTING)
                || (Files.exists(settings) && Files.readString(settings).contains("roots"));
        if (said) {
            return Map.of();
        }
        Files.createDirectories(folder);
        return Map.of(SETTING, folder.toString());
    }
}
