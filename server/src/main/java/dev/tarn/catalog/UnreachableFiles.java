package dev.tarn.catalog;

import dev.tarn.platform.Cancellation;
import dev.tarn.storage.DoomedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionStatisticsFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotParser;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The files that a table names in some of its versions and in none of the others. A manifest that some version keeps keeps all that it
 * names; so of the manifests that go the files are listed, and those that a staying manifest names too are taken off that list. What was
 * read once is not read again: the same question about the table as another commit has left it costs the reading of that commit's
 * manifests alone. In memory are the names of files that go, and for each version the numbers of its manifests.
 */
final class UnreachableFiles {
    private static final List<String> COLUMNS = List.of("file_path", "file_size_in_bytes", "content");

    private final CatalogParts parts;
    private final Cancellation cancellation;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<ManifestFile> manifests = new ArrayList<>();
    private final Map<Long, int[]> manifestsOf = new HashMap<>();
    private BitSet going = new BitSet();
    private BitSet staying = new BitSet();
    private Map<String, Named> named = new LinkedHashMap<>();

    UnreachableFiles(CatalogParts parts, Cancellation cancellation) {
        this.parts = parts;
        this.cancellation = cancellation;
    }

    private record Named(ExpiredFiles.Kind kind, DoomedFile file) {}

    /** What {@code before} names in its versions that {@code after} does not have, and nowhere else. */
    ExpiredFiles between(TableMetadata before, TableMetadata after) {
        List<Snapshot> gone = before.snapshots().stream()
                .filter(snapshot -> after.snapshot(snapshot.snapshotId()) == null)
                .toList();
        BitSet stay = manifests(before.location(), after.snapshots(), false);
        BitSet go = manifests(before.location(), gone, true);
        go.andNot(stay);
        list(before, go, stay);
        ExpiredFiles.Builder files = new ExpiredFiles.Builder();
        named.values().forEach(one -> files.add(one.kind(), one.file()));
        go.stream()
                .mapToObj(manifests::get)
                .forEach(manifest ->
                        files.add(ExpiredFiles.Kind.MANIFEST, new DoomedFile(manifest.path(), manifest.length())));
        Set<String> lists = new HashSet<>();
        after.snapshots().forEach(snapshot -> lists.add(key(manifestList(snapshot))));
        gone.stream()
                .map(UnreachableFiles::manifestList)
                .filter(list -> !list.isEmpty() && lists.add(key(list)))
                .forEach(list -> files.add(ExpiredFiles.Kind.MANIFEST_LIST, new DoomedFile(list, length(list))));
        statistics(before, after, files);
        return files.build();
    }

    private static String manifestList(Snapshot snapshot) {
        return Objects.requireNonNullElse(snapshot.manifestListLocation(), "");
    }

    private static void statistics(TableMetadata before, TableMetadata after, ExpiredFiles.Builder files) {
        Set<String> kept = new HashSet<>();
        statistics(after).forEach(file -> kept.add(key(file.file())));
        statistics(before)
                .filter(file -> kept.add(key(file.file())))
                .forEach(file -> files.add(ExpiredFiles.Kind.STATISTICS, file));
    }

    private static Stream<DoomedFile> statistics(TableMetadata metadata) {
        return Stream.concat(
                metadata.statisticsFiles().stream()
                        .map((StatisticsFile file) -> new DoomedFile(file.path(), file.fileSizeInBytes())),
                metadata.partitionStatisticsFiles().stream()
                        .map((PartitionStatisticsFile file) -> new DoomedFile(file.path(), file.fileSizeInBytes())));
    }

    /** One name of a file, of the several that engines write. */
    static String key(String location) {
        String path = location.startsWith("file:") ? location.substring("file:".length()) : location;
        int slashes = 0;
        while (slashes + 1 < path.length() && path.charAt(slashes + 1) == '/' && path.charAt(0) == '/') {
            slashes++;
        }
        return path.substring(slashes);
    }

    private long length(String file) {
        try {
            return parts.files().newInputFile(file).getLength();
        } catch (NotFoundException e) {
            return 0;
        }
    }

    /** @param mayBeLost whether nobody misses what cannot be found */
    private BitSet manifests(String location, List<Snapshot> snapshots, boolean mayBeLost) {
        BitSet all = new BitSet();
        for (Snapshot snapshot : snapshots) {
            cancellation.requireWanted();
            int[] known =
                    manifestsOf.computeIfAbsent(snapshot.snapshotId(), id -> manifests(location, snapshot, mayBeLost));
            for (int manifest : known) {
                all.set(manifest);
            }
        }
        return all;
    }

    /** A snapshot keeps the manifests that it was asked for once, and these are many; so another one is asked. */
    private int[] manifests(String location, Snapshot snapshot, boolean mayBeLost) {
        parts.ownFiles().requireOwn(location, manifestList(snapshot));
        try {
            return SnapshotParser.fromJson(SnapshotParser.toJson(snapshot)).allManifests(parts.files()).stream()
                    .mapToInt(manifest -> number(location, manifest))
                    .toArray();
        } catch (NotFoundException e) {
            if (mayBeLost) {
                return new int[0];
            }
            throw e;
        }
    }

    private int number(String location, ManifestFile manifest) {
        return numbers.computeIfAbsent(key(manifest.path()), path -> {
            parts.ownFiles().requireOwn(location, manifest.path());
            manifests.add(manifest);
            return manifests.size() - 1;
        });
    }

    private void list(TableMetadata table, BitSet go, BitSet stay) {
        BitSet fewer = (BitSet) staying.clone();
        fewer.andNot(stay);
        if (!go.equals(going) || !fewer.isEmpty()) {
            named = new LinkedHashMap<>();
            staying = new BitSet();
            going = new BitSet();
            go.stream().forEach(manifest -> listFiles(table, manifests.get(manifest)));
            going = go;
        }
        BitSet more = (BitSet) stay.clone();
        more.andNot(staying);
        more.stream().forEach(manifest -> takeOff(table, manifests.get(manifest)));
        staying = stay;
    }

    private void listFiles(TableMetadata table, ManifestFile manifest) {
        cancellation.requireWanted();
        boolean deletes = manifest.content() == ManifestContent.DELETES;
        try (ManifestReader<? extends ContentFile<?>> files = deletes
                ? ManifestFiles.readDeleteManifest(manifest, parts.files(), table.specsById())
                : ManifestFiles.read(manifest, parts.files(), table.specsById())) {
            ExpiredFiles.Kind kind = deletes ? ExpiredFiles.Kind.DELETES : ExpiredFiles.Kind.DATA;
            for (ContentFile<?> file : files.select(COLUMNS)) {
                named.put(
                        key(file.location()), new Named(kind, new DoomedFile(file.location(), file.fileSizeInBytes())));
            }
        } catch (NotFoundException e) {
            return; // of a version that goes; somebody else has cleaned up already
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeOff(TableMetadata table, ManifestFile manifest) {
        cancellation.requireWanted();
        if (named.isEmpty()) {
            return;
        }
        try (CloseableIterable<String> files = ManifestFiles.readPaths(manifest, parts.files(), table.specsById())) {
            files.forEach(file -> named.remove(key(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
