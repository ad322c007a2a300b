package dev.tarn.backup;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Restores a backup into a home folder and a database that are both empty. The whole file is read and checked before anything
 * is written. Everything is made out of sight and becomes visible in the last step, so a restore that is killed leaves
 * nothing half: on SQLite that step is the folder's name; on PostgreSQL it is a transaction and then the folder's name, and
 * the same restore run again completes what was cut off between the two.
 *
 * @param filesOf how to read the files of a warehouse
 */
public record Restoring(Function<Path, TableFiles> filesOf) {

    /**
     * Restores and looks whether the tables' files are where they were.
     *
     * @param databaseUrl of an empty PostgreSQL database; null for SQLite in the home folder
     */
    public RestoreReport restore(Path backup, Passphrase passphrase, Path home, @Nullable String databaseUrl) {
        if (databaseUrl != null && !databaseUrl.startsWith("jdbc:postgresql:")) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The database to restore into is a PostgreSQL one, jdbc:postgresql:...; without --database-url it is SQLite in the home folder");
        }
        BackupReport checked = check(backup, passphrase);
        Path folder = home.toAbsolutePath().normalize();
        try (StagedHome stage = new StagedFolder(folder)) {
            try {
                stage.begin();
                BackupPlaces places = new BackupPlaces(
                        folder,
                        databaseUrl != null ? databaseUrl : "jdbc:sqlite:" + folder.resolve("tarn.db"),
                        Path.of(checked.warehouse()));
                return restore(backup, passphrase, places, stage, target(databaseUrl, stage));
            } finally {
                stage.discard();
            }
        }
    }

    private static RestoreTarget target(@Nullable String databaseUrl, StagedHome stage) {
        return databaseUrl != null ? new JdbcPostgresTarget(databaseUrl) : new JdbcSqliteTarget(stage.database());
    }

    /** Reads all of the backup without writing anything. */
    public BackupReport check(Path backup, Passphrase passphrase) {
        if (!Files.isRegularFile(backup)) {
            throw new TarnException(ErrorCode.NOT_FOUND, "There is no file %s; name the backup".formatted(backup));
        }
        try (SealedInput in = SealedInput.open(backup, passphrase)) {
            DumpReader dump = new DumpReader(in);
            List<BackupReport.TableRows> tables = new ArrayList<>();
            dump.tables(counting(tables));
            return BackupWriting.report(dump.manifest(), dump.files(), tables, Files.size(backup));
        } catch (IOException e) {
            throw BackupFailures.notRead(backup, e);
        }
    }

    RestoreReport restore(
            Path backup, Passphrase passphrase, BackupPlaces places, StagedHome stage, RestoreTarget opened) {
        try (SealedInput in = SealedInput.open(backup, passphrase);
                RestoreTarget target = opened) {
            DumpReader dump = new DumpReader(in);
            Manifest manifest = dump.manifest();
            boolean published = target.begin(manifest, places.home().toString());
            List<BackupReport.TableRows> tables = new ArrayList<>();
            if (!published) {
                target.makeSchema(manifest);
            }
            dump.tables(published ? counting(tables) : inserting(target, tables));
            List<MissingFiles> missing = new TableFilesCheck(filesOf.apply(places.warehouse())).of(target.places());
            stage.write(homeFiles(dump, places));
            if (!published) {
                target.upgrade();
                target.publish();
            }
            stage.publish();
            target.finish();
            return new RestoreReport(BackupWriting.report(manifest, dump.files(), tables, Files.size(backup)), missing);
        } catch (IOException e) {
            throw BackupFailures.notRead(backup, e);
        }
    }

    private static Map<String, byte[]> homeFiles(DumpReader dump, BackupPlaces places) {
        Map<String, byte[]> files = new LinkedHashMap<>(dump.files());
        byte[] settings = RestoredSettings.of(
                files.getOrDefault("tarn.yaml", new byte[0]), dump.manifest().warehouse(), places);
        if (settings.length > 0) {
            files.put("tarn.yaml", settings);
        }
        return files;
    }

    private static DumpReader.TableTaker counting(List<BackupReport.TableRows> tables) {
        return new DumpReader.TableTaker() {
            @Override
            public DumpWriter.RowTaker begin(StoredTable table) {
                return row -> {};
            }

            @Override
            public void end(StoredTable table, long rows, byte[] sum) {
                tables.add(new BackupReport.TableRows(table.name(), rows));
            }
        };
    }

    private static DumpReader.TableTaker inserting(RestoreTarget target, List<BackupReport.TableRows> tables) {
        return new DumpReader.TableTaker() {
            @Override
            public DumpWriter.RowTaker begin(StoredTable table) {
                return target.insert(table);
            }

            @Override
            public void end(StoredTable table, long rows, byte[] sum) {
                target.inserted(table);
                RowsDigest found = target.digest(table);
                if (!found.sameAs(rows, sum)) {
                    throw new TarnException(
                            ErrorCode.INTERNAL,
                            "The table %s has %,d rows in the backup and %,d after being restored, or other values; nothing was restored"
                                    .formatted(table.name(), rows, found.rows()));
                }
                tables.add(new BackupReport.TableRows(table.name(), rows));
            }
        };
    }
}
