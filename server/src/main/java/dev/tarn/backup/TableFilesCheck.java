package dev.tarn.backup;

import dev.tarn.storage.TableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/** Looks whether the files of a table's current snapshot are where its metadata says. */
final class TableFilesCheck {
    private final TableFiles files;

    TableFilesCheck(TableFiles files) {
        this.files = files;
    }

    List<MissingFiles> of(List<TablePlace> places) {
        boolean oneTenant = places.stream().map(TablePlace::tenant).distinct().count() < 2;
        List<MissingFiles> missing = new ArrayList<>();
        for (TablePlace place : places) {
            String name = oneTenant ? place.name() : place.tenant() + ": " + place.name();
            trouble(place).ifPresent(reason -> missing.add(new MissingFiles(name, reason)));
        }
        return missing;
    }

    private Optional<String> trouble(TablePlace place) {
        try {
            if (!exists(place.location())) {
                return Optional.of("its metadata file is not there");
            }
            return place.view() ? Optional.empty() : troubleOfSnapshot(place);
        } catch (RuntimeException e) {
            return Optional.of("its metadata cannot be read");
        }
    }

    private Optional<String> troubleOfSnapshot(TablePlace place) {
        TableMetadata metadata = TableMetadataParser.read(files.newInputFile(place.location()));
        Snapshot snapshot = metadata.currentSnapshot();
        if (snapshot == null) {
            return Optional.empty();
        }
        String list = snapshot.manifestListLocation();
        if (list != null && !exists(list)) {
            return Optional.of("the list of its current snapshot is not there");
        }
        long total = 0;
        long gone = 0;
        for (ManifestFile manifest : snapshot.allManifests(files)) {
            if (!exists(manifest.path())) {
                return Optional.of("a manifest of its current snapshot is not there");
            }
            try (ManifestReader<? extends ContentFile<?>> reader = reader(manifest, metadata)) {
                for (ContentFile<?> file : reader) {
                    total++;
                    gone += exists(file.location()) ? 0 : 1;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return gone == 0
                ? Optional.empty()
                : Optional.of("%,d of its %,d data files are not there".formatted(gone, total));
    }

    private ManifestReader<? extends ContentFile<?>> reader(ManifestFile manifest, TableMetadata metadata) {
        return manifest.content() == ManifestContent.DATA
                ? ManifestFiles.read(manifest, files, metadata.specsById())
                : ManifestFiles.readDeleteManifest(manifest, files, metadata.specsById());
    }

    /** A place outside the warehouse counts as not there: no server would read it. */
    private boolean exists(String location) {
        try {
            return files.newInputFile(location).exists();
        } catch (RuntimeException outside) {
            return false;
        }
    }
}
