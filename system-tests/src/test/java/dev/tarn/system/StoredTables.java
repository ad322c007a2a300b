package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * The tables as another engine finds them: the pointers in the catalog's database, in the layout of Iceberg's JDBC catalog,
 * and from there whatever the metadata names, by Iceberg's own reader.
 */
final class StoredTables {
    private static final String SCHEME = "file:";

    private final String databaseUrl;
    private final Path warehouse;
    private final FileIO io = new LocalFiles();

    StoredTables(String databaseUrl, Path warehouse) {
        this.databaseUrl = databaseUrl;
        this.warehouse = warehouse;
    }

    /** Every file below the warehouse. */
    Set<Path> present() {
        if (!Files.exists(warehouse)) {
            return new TreeSet<>();
        }
        try (Stream<Path> files = Files.walk(warehouse)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file that a table's metadata names, older snapshots and metadata files included. */
    Set<Path> reachable() {
        Set<Path> reachable = new TreeSet<>();
        for (String location : texts("SELECT metadata_location FROM iceberg_tables")) {
            reachable.add(path(location));
            TableMetadata table = TableMetadataParser.read(io.newInputFile(location));
            table.previousFiles().forEach(previous -> reachable.add(path(previous.file())));
            table.snapshots().forEach(snapshot -> add(table, snapshot, reachable));
        }
        return reachable;
    }

    private void add(TableMetadata table, Snapshot snapshot, Set<Path> reachable) {
        reachable.add(path(snapshot.manifestListLocation()));
        for (ManifestFile manifest : snapshot.allManifests(io)) {
            reachable.add(path(manifest.path()));
            try (ManifestReader<?> files = manifest.content() == org.apache.iceberg.ManifestContent.DATA
                    ? ManifestFiles.read(manifest, io, table.specsById())
                    : ManifestFiles.readDeleteManifest(manifest, io, table.specsById())) {
                files.forEach(file -> reachable.add(path(file.location())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Everything that tables name is there, nothing else is, and no write is open. */
    void assertNothingMissingAndNoOrphans() {
        assertThat(present()).as("files below the warehouse").isEqualTo(reachable());
        assertThat(openWrites()).as("open writes").isEmpty();
    }

    /** The writes that have neither been committed nor cleaned. */
    List<String> openWrites() {
        return texts("SELECT table_name FROM write_intents");
    }

    private List<String> texts(String query) {
        try (Connection connection = DriverManager.getConnection(databaseUrl);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private static Path path(String location) {
        String path = location.startsWith(SCHEME) ? location.substring(SCHEME.length()) : location;
        return Path.of("/" + path.replaceFirst("^/+", ""));
    }

    /** Reads local files, and does nothing else. */
    private static final class LocalFiles implements FileIO {
        private static final long serialVersionUID = 1L;

        @Override
        public InputFile newInputFile(String location) {
            File file = path(location).toFile();
            return org.apache.iceberg.Files.localInput(file);
        }

        @Override
        public OutputFile newOutputFile(String location) {
            throw new UnsupportedOperationException(location);
        }

        @Override
        public void deleteFile(String location) {
            throw new UnsupportedOperationException(location);
        }
    }
}
