package dev.tarn.backup;

import dev.tarn.storage.TableFiles;
import java.util.List;
import java.util.Locale;

/**
 * What is found in a database that no server has open.
 *
 * @param knownSchemaVersion the newest that this Tarn knows
 * @param newer whether the database was made by a newer Tarn
 * @param otherBuild whether the schema was made by a build that called something else by the same version
 * @param integrity "ok", or what SQLite found damaged
 * @param tables how many tables of users there are
 * @param missing those whose files are not all there
 */
public record DatabaseCheck(
        String database,
        String schemaVersion,
        String knownSchemaVersion,
        boolean newer,
        boolean otherBuild,
        String integrity,
        int tables,
        String warehouse,
        List<MissingFiles> missing) {

    /** Looks, and changes nothing. */
    public static DatabaseCheck of(BackupPlaces places, TableFiles files) {
        try (JdbcSnapshot snapshot = JdbcSnapshot.open(places.databaseUrl())) {
            List<Manifest.Migration> migrations = snapshot.migrations();
            String version = migrations.isEmpty() ? "0" : migrations.getLast().version();
            List<String> known = snapshot.knownVersions();
            List<TablePlace> tables = snapshot.places();
            return new DatabaseCheck(
                    snapshot.kind().name().toLowerCase(Locale.ROOT),
                    version,
                    known.getLast(),
                    !known.contains(version),
                    snapshot.ofAnotherBuild(),
                    snapshot.integrity(),
                    tables.size(),
                    places.warehouse().toString(),
                    new TableFilesCheck(files).of(tables));
        }
    }
}
