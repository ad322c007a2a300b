package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.iceberg.util.StructLikeMap;

/**
 * The commit of manifests that are written anew: few, each of neighbouring partitions, so that a condition on these leaves most of
 * them unread. No file comes or goes.
 */
record ManifestRewriteCommit(TableName name) implements PreparedCommit {

    @Override
    public void commit(Table table, TableMetadata now, List<DataFile> added) {
        Snapshot snapshot = now.currentSnapshot();
        if (snapshot == null) {
            throw conflict(null);
        }
        Map<Integer, StructLikeMap<Integer>> clusters = clusters(table, snapshot.dataManifests(table.io()));
        try {
            table.rewriteManifests()
                    .clusterBy(file -> cluster(clusters, file))
                    .commit();
        } catch (ValidationException e) {
            throw conflict(e);
        }
    }

    /** How many manifests there are to be, for files that have so many now. */
    static int wanted(Table table, List<ManifestFile> manifests) {
        long target = PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.MANIFEST_TARGET_SIZE_BYTES,
                TableProperties.MANIFEST_TARGET_SIZE_BYTES_DEFAULT);
        long bytes = manifests.stream().mapToLong(ManifestFile::length).sum();
        long specs = manifests.stream().map(ManifestFile::partitionSpecId).distinct().count();
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, Math.max(specs, Math.ceilDiv(bytes, Math.max(1, target)))));
    }

    private static String cluster(Map<Integer, StructLikeMap<Integer>> clusters, DataFile file) {
        Integer number = Objects.requireNonNull(clusters.get(file.specId())).get(file.partition());
        return file.specId() + "/" + number;
    }

    /** Of each partition the number of its manifest: partitions in their order are cut where a manifest has its share of files. */
    private static Map<Integer, StructLikeMap<Integer>> clusters(Table table, List<ManifestFile> manifests) {
        Map<Integer, StructLikeMap<Integer>> files = files(table, manifests);
        long all = files.values().stream()
                .flatMap(counts -> counts.values().stream())
                .mapToLong(Integer::longValue)
                .sum();
        long share = Math.max(1, Math.ceilDiv(all, wanted(table, manifests)));
        files.forEach((spec, counts) -> {
            Comparator<StructLike> order = Comparators.forType(
                    Objects.requireNonNull(table.specs().get(spec)).partitionType());
            TreeMap<StructLike, Integer> sorted = new TreeMap<>(order);
            sorted.putAll(counts);
            long before = 0;
            for (Map.Entry<StructLike, Integer> partition : sorted.entrySet()) {
                counts.put(partition.getKey(), Math.toIntExact(before / share));
                before += partition.getValue();
            }
        });
        return files;
    }

    private static Map<Integer, StructLikeMap<Integer>> files(Table table, List<ManifestFile> manifests) {
        Map<Integer, StructLikeMap<Integer>> files = new HashMap<>();
        for (ManifestFile manifest : manifests) {
            StructLikeMap<Integer> counts = files.computeIfAbsent(
                    manifest.partitionSpecId(),
                    spec -> StructLikeMap.create(
                            Objects.requireNonNull(table.specs().get(spec)).partitionType()));
            try (ManifestReader<DataFile> reader = ManifestFiles.read(manifest, table.io(), table.specs())
                    .select(List.of("file_path", "partition", "record_count"))) {
                reader.forEach(file -> counts.merge(file.copyWithoutStats().partition(), 1, Integer::sum));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private TarnException conflict(@org.jspecify.annotations.Nullable ValidationException cause) {
        String message = "The manifests of %s were changed by another writer meanwhile; nothing was written, try again"
                .formatted(name.text());
        return cause == null
                ? new TarnException(ErrorCode.CONFLICT, message)
                : new TarnException(ErrorCode.CONFLICT, message, cause);
    }
}
