package dev.tarn.backup;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.DatabaseKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Makes a backup beside a server that serves. The file appears under its name when all of it is on the disk.
 *
 * @param tarnVersion of this program
 */
public record BackupWriting(Clock clock, RandomGenerator random, String tarnVersion) {
    private static final int ATTEMPTS = 100;

    /**
     * Writes what is in the database at this moment, and the secret files of the home folder.
     *
     * @throws TarnException {@code ALREADY_EXISTS} when the file is there and may not be replaced, {@code NOT_FOUND} when
     *     there is no database
     */
    public BackupReport write(BackupPlaces places, String id, Path output, boolean replace, Passphrase passphrase) {
        Path file = output.toAbsolutePath().normalize();
        if (Files.isDirectory(file) || (Files.exists(file) && !replace)) {
            throw new TarnException(
                    ErrorCode.ALREADY_EXISTS, "%s exists already; name another file, or say --replace".formatted(file));
        }
        Path parent = file.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new TarnException(ErrorCode.NOT_FOUND, "There is no folder %s; make it first".formatted(parent));
        }
        Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
        try (Moment moment = moment(places)) {
            Files.deleteIfExists(partial);
            BackupReport report = write(moment, places, id, partial, passphrase);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(parent, StandardOpenOption.READ)) {
                folder.force(true);
            }
            return report;
        } catch (IOException e) {
            throw BackupFailures.notWritten(file, e);
        } finally {
            try {
                Files.deleteIfExists(partial);
            } catch (IOException e) {
                // The next backup to this name removes it.
            }
        }
    }

    /** A database and the secret files that belong to it. */
    private record Moment(JdbcSnapshot database, Map<String, byte[]> files) implements AutoCloseable {
        @Override
        public void close() {
            database.close();
        }
    }

    /**
     * Files that are the same before and after the moment of the database: while the key of secrets is replaced, the file has
     * both keys for longer than the database needs both.
     */
    private static Moment moment(BackupPlaces places) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<String, byte[]> before = secrets(places.home());
            JdbcSnapshot database = JdbcSnapshot.open(places.databaseUrl());
            if (same(before, secrets(places.home()))) {
                return new Moment(database, before);
            }
            database.close();
        }
        throw new TarnException(
                ErrorCode.CONFLICT, "The secret files in %s keep changing; try again later".formatted(places.home()));
    }

    private static boolean same(Map<String, byte[]> some, Map<String, byte[]> others) {
        return some.keySet().equals(others.keySet())
                && some.entrySet().stream().allMatch(file -> Arrays.equals(file.getValue(), others.get(file.getKey())));
    }

    private BackupReport write(Moment moment, BackupPlaces places, String id, Path partial, Passphrase passphrase)
            throws IOException {
        JdbcSnapshot database = moment.database();
        Map<String, byte[]> files = moment.files();
        Manifest manifest = new Manifest(
                id,
                clock.instant().toString(),
                tarnVersion,
                database.migrations(),
                kind(database.kind()),
                places.warehouse().toString());
        List<BackupReport.TableRows> tables = new ArrayList<>();
        try (SealedOutput out = SealedOutput.create(partial, passphrase, random)) {
            DumpWriter dump = new DumpWriter(out, manifest, files);
            for (StoredTable table : database.tables()) {
                long rows = dump.table(table, taker -> database.rows(table, taker));
                tables.add(new BackupReport.TableRows(table.name(), rows));
            }
            dump.end();
            long bytes = out.finish();
            return report(manifest, files, tables, bytes);
        }
    }

    static BackupReport report(
            Manifest manifest, Map<String, byte[]> files, List<BackupReport.TableRows> tables, long bytes) {
        return new BackupReport(
                manifest.id(),
                manifest.createdAt(),
                manifest.schemaVersion(),
                List.copyOf(files.keySet()),
                List.copyOf(tables),
                manifest.warehouse(),
                bytes);
    }

    private static String kind(DatabaseKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, byte[]> secrets(Path home) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : new TreeSet<>(DumpReader.FILES)) {
            Path file = home.resolve(name);
            try {
                if (Files.exists(file)) {
                    files.put(name, Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read", e);
            }
        }
        return files;
    }
}
