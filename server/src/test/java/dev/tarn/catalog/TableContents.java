package dev.tarn.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/** The files that a table's metadata names. */
final class TableContents {
    private TableContents() {}

    static Set<String> of(CatalogParts parts, String metadataLocation) {
        return of(parts.metadata().read(metadataLocation), parts.files());
    }

    static Set<String> of(TableMetadata metadata, FileIO io) {
        Set<String> files = new TreeSet<>(Set.of(metadata.metadataFileLocation()));
        metadata.previousFiles().forEach(entry -> files.add(entry.file()));
        for (Snapshot snapshot : metadata.snapshots()) {
            files.add(snapshot.manifestListLocation());
            for (ManifestFile manifest : snapshot.allManifests(io)) {
                files.add(manifest.path());
                try (ManifestReader<? extends ContentFile<?>> reader = manifest.content() == ManifestContent.DELETES
                        ? ManifestFiles.readDeleteManifest(manifest, io, metadata.specsById())
                        : ManifestFiles.read(manifest, io, metadata.specsById())) {
                    reader.forEach(file -> files.add(file.location()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
    }
}
