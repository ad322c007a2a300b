package dev.tarn.backup;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * The restored {@code tarn.yaml}. Tables name their files by absolute paths, so the new home must go on using the folder they
 * lie in; and it must use the database that was restored, whatever the old one used.
 */
final class RestoredSettings {
    private static final String WAREHOUSE = "tarn.storage.warehouse:";
    private static final String DATABASE = "tarn.database-url:";

    private RestoredSettings() {}

    static byte[] of(byte[] kept, String warehouse, BackupPlaces places) {
        // A key given twice in this form is an error of YAML; within `tarn:` it is another way to say it, and the later
        // wins.
        String settings = new String(kept, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith(WAREHOUSE) && !line.startsWith(DATABASE))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        StringBuilder text = new StringBuilder(settings);
        boolean movedAway = !Path.of(warehouse).equals(places.home().resolve("warehouse"));
        if (movedAway || settings.contains("warehouse")) {
            text.append("# Where the tables of the restored backup lie.\n").append(line(WAREHOUSE, warehouse));
        }
        boolean sqlite = places.databaseUrl().startsWith("jdbc:sqlite:");
        if (!sqlite || settings.contains("database-url")) {
            text.append("# The database that the backup was restored into.\n")
                    .append(line(DATABASE, places.databaseUrl()));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String line(String key, String value) {
        return key + " '" + value.replace("'", "''") + "'\n";
    }
}
