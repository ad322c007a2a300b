package dev.tarn.catalog;

import dev.tarn.platform.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.PartitionStatisticsFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotParser;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.CloseableIterable;

/** All files that a table names, in any of its versions. Of a table that has changed since, what is new is told alone. */
final class NamedFiles {
    private final CatalogParts parts;
    private final Cancellation cancellation;
    private final Set<String> manifestLists = new HashSet<>();
    private final Set<String> manifests = new HashSet<>();

    NamedFiles(CatalogParts parts, Cancellation cancellation) {
        this.parts = parts;
        this.cancellation = cancellation;
    }

    /** Tells the keys of the files' names. */
    void tell(TableMetadata table, Consumer<String> each) {
        each.accept(UnreachableFiles.key(table.metadataFileLocation()));
        table.previousFiles().forEach(entry -> each.accept(UnreachableFiles.key(entry.file())));
        table.statisticsFiles().stream()
                .map(StatisticsFile::path)
                .forEach(file -> each.accept(UnreachableFiles.key(file)));
        table.partitionStatisticsFiles().stream()
                .map(PartitionStatisticsFile::path)
                .forEach(file -> each.accept(UnreachableFiles.key(file)));
        for (Snapshot snapshot : table.snapshots()) {
            String list = Objects.requireNonNullElse(snapshot.manifestListLocation(), "");
            if (manifestLists.add(list)) {
                cancellation.requireWanted();
                parts.ownFiles().requireOwn(table.location(), list);
                each.accept(UnreachableFiles.key(list));
                // A snapshot keeps the manifests that it was asked for once, and these are many; so another one is
                // asked.
                for (ManifestFile manifest :
                        SnapshotParser.fromJson(SnapshotParser.toJson(snapshot)).allManifests(parts.files())) {
                    tell(table, manifest, each);
                }
            }
        }
    }

    /** Tells the names of the data and delete files that a version names and none that was asked for before. */
    void contents(TableMetadata table, Snapshot snapshot, Consumer<String> each) {
        parts.ownFiles().requireOwn(table.location(), Objects.requireNonNullElse(snapshot.manifestListLocation(), ""));
        for (ManifestFile manifest :
                SnapshotParser.fromJson(SnapshotParser.toJson(snapshot)).allManifests(parts.files())) {
            if (manifests.add(manifest.path())) {
                cancellation.requireWanted();
                parts.ownFiles().requireOwn(table.location(), manifest.path());
                paths(table, manifest, each);
            }
        }
    }

    private void tell(TableMetadata table, ManifestFile manifest, Consumer<String> each) {
        if (!manifests.add(manifest.path())) {
            return;
        }
        cancellation.requireWanted();
        parts.ownFiles().requireOwn(table.location(), manifest.path());
        each.accept(UnreachableFiles.key(manifest.path()));
        paths(table, manifest, file -> each.accept(UnreachableFiles.key(file)));
    }

    private void paths(TableMetadata table, ManifestFile manifest, Consumer<String> each) {
        try (CloseableIterable<String> files = ManifestFiles.readPaths(manifest, parts.files(), table.specsById())) {
            files.forEach(each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
