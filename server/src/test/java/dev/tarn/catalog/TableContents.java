package dev.tarn.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/** The files that a table's metadata names. */
final class TableContents {
    private TableContents() {}

    static Set<String> of(CatalogParts parts, String metadataLocation) {
        TableMetadata metadata = parts.metadata().read(metadataLocation);
        Set<String> files = new TreeSet<>(Set.of(metadataLocation));
        metadata.previousFiles().forEach(entry -> files.add(entry.file()));
        for (Snapshot snapshot : metadata.snapshots()) {
            files.add(snapshot.manifestListLocation());
            for (ManifestFile manifest : snapshot.allManifests(parts.files())) {
                files.add(manifest.path());
                try (ManifestReader<DataFile> reader =
                        ManifestFiles.read(manifest, parts.files(), metadata.specsById())) {
                    reader.forEach(file -> files.add(file.location()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
    }
}
