package dev.tarn.catalog;

import dev.tarn.storage.TableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Scan;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ManifestEvaluator;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.requests.PlanTableScanRequest;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * A scan of one version of a table, in slices of manifests that list about as many files as one answer holds. The same request has
 * the same slices on every server, since snapshots never change; Iceberg itself plans each slice.
 *
 * @param snapshot the version, or the last one of those whose appends are wanted
 * @param most how many files one answer holds
 */
record PlannedScan(
        TableMetadata metadata,
        TableFiles files,
        PlanTableScanRequest request,
        Snapshot snapshot,
        Schema schema,
        int most,
        List<List<ManifestFile>> slices) {
    /** What an answer holds about: a file with all that is told of it, and of each column whose values are told. */
    private static final int VALUES = 40;

    /**
     * A part of the plan.
     *
     * @param rest the places where it goes on
     */
    record Part(List<FileScanTask> tasks, List<ScanPlace> rest) {}

    /**
     * A scan whose snapshots have been looked at.
     *
     * @param mostValues how much one answer holds
     */
    static PlannedScan of(
            TableMetadata metadata,
            OwnFiles ownFiles,
            TableFiles files,
            PlanTableScanRequest request,
            Snapshot snapshot,
            Schema schema,
            int mostValues) {
        List<Snapshot> snapshots = snapshots(metadata, request, snapshot);
        snapshots.forEach(one -> ownFiles.check(metadata.location(), one));
        int columns = request.statsFields() == null ? 0 : request.statsFields().size();
        int most = Math.max(1, mostValues / (VALUES + columns));
        List<ManifestFile> manifests = wanted(manifests(request, snapshots, files), metadata, request, schema);
        return new PlannedScan(metadata, files, request, snapshot, schema, most, slices(manifests, most));
    }

    private static boolean isIncremental(PlanTableScanRequest request) {
        return request.startSnapshotId() != null;
    }

    /** Of whose manifests the scan is made. */
    private static List<Snapshot> snapshots(TableMetadata metadata, PlanTableScanRequest request, Snapshot snapshot) {
        if (!isIncremental(request)) {
            return List.of(snapshot);
        }
        List<Snapshot> appends = new ArrayList<>();
        for (Snapshot between :
                SnapshotUtil.ancestorsBetween(snapshot.snapshotId(), request.startSnapshotId(), metadata::snapshot)) {
            if (DataOperations.APPEND.equals(between.operation())) {
                appends.add(between);
            }
        }
        return appends;
    }

    private static List<ManifestFile> manifests(
            PlanTableScanRequest request, List<Snapshot> snapshots, TableFiles files) {
        Set<Long> ids = snapshots.stream().map(Snapshot::snapshotId).collect(Collectors.toSet());
        Map<String, ManifestFile> manifests = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            for (ManifestFile manifest : snapshot.dataManifests(files)) {
                if (!isIncremental(request) || ids.contains(manifest.snapshotId())) {
                    manifests.putIfAbsent(manifest.path(), manifest);
                }
            }
        }
        return List.copyOf(manifests.values());
    }

    /** Those that may list a file with a wanted row. */
    private static List<ManifestFile> wanted(
            List<ManifestFile> manifests, TableMetadata metadata, PlanTableScanRequest request, Schema schema) {
        Map<Integer, ManifestEvaluator> evaluators = new LinkedHashMap<>();
        ScannedTable.specs(metadata, schema)
                .forEach((id, spec) -> evaluators.put(
                        id, ManifestEvaluator.forRowFilter(filter(request), spec, request.caseSensitive())));
        return manifests.stream()
                .filter(manifest -> manifest.hasAddedFiles() || manifest.hasExistingFiles())
                .filter(manifest -> Objects.requireNonNull(evaluators.get(manifest.partitionSpecId()))
                        .eval(manifest))
                .toList();
    }

    private static Expression filter(PlanTableScanRequest request) {
        return request.filter() == null ? Expressions.alwaysTrue() : request.filter();
    }

    private static List<List<ManifestFile>> slices(List<ManifestFile> manifests, int most) {
        List<List<ManifestFile>> slices = new ArrayList<>();
        long listed = 0;
        for (ManifestFile manifest : manifests) {
            long more = listed(manifest, most);
            if (slices.isEmpty() || listed + more > most) {
                slices.add(new ArrayList<>());
                listed = 0;
            }
            slices.getLast().add(manifest);
            listed += more;
        }
        return slices;
    }

    /** How many files a manifest says that it lists; one that does not say so is taken for itself. */
    private static long listed(ManifestFile manifest, int most) {
        Integer added = manifest.addedFilesCount();
        Integer existing = manifest.existingFilesCount();
        return added == null || existing == null ? most : (long) added + existing;
    }

    /** The partitionings by which partitions are written. */
    Map<Integer, PartitionSpec> specs() {
        return ScannedTable.specs(metadata, schema);
    }

    /** The beginning, and where it goes on. */
    Part first() {
        if (slices.isEmpty()) {
            // It is Iceberg that says whether the request can be.
            return new Part(planned(List.of(), 0), List.of());
        }
        Part first = part(ScanPlace.slice(0));
        if (isEnough(first.tasks())) {
            return new Part(first.tasks(), List.of());
        }
        List<ScanPlace> rest = new ArrayList<>(first.rest());
        IntStream.range(1, slices.size()).mapToObj(ScanPlace::slice).forEach(rest::add);
        return new Part(first.tasks(), rest);
    }

    /** Whether the files hold the rows that the client can do with: those of files that are wanted whole. */
    private boolean isEnough(List<FileScanTask> tasks) {
        Long wanted = request.minRowsRequested();
        return wanted != null
                && wanted
                        <= tasks.stream()
                                .filter(task -> task.deletes().isEmpty()
                                        && task.residual().isEquivalentTo(Expressions.alwaysTrue()))
                                .mapToLong(task -> task.file().recordCount())
                                .sum();
    }

    boolean has(ScanPlace place) {
        return place.slice() < slices.size()
                && place.manifest() < slices.get(place.slice()).size();
    }

    Part part(ScanPlace place) {
        List<ManifestFile> slice = slices.get(place.slice());
        if (place.manifest() < 0 && slice.size() > 1) {
            List<FileScanTask> tasks = planned(slice, 0);
            // They list more than they say.
            return tasks.size() <= most
                    ? new Part(tasks, List.of())
                    : new Part(
                            List.of(),
                            IntStream.range(0, slice.size())
                                    .mapToObj(number -> place.inManifest(number, 0))
                                    .toList());
        }
        int manifest = Math.max(place.manifest(), 0);
        List<FileScanTask> tasks = planned(List.of(slice.get(manifest)), place.position());
        return tasks.size() <= most
                ? new Part(tasks, List.of())
                : new Part(tasks.subList(0, most), List.of(place.inManifest(manifest, position(tasks.get(most)))));
    }

    private static long position(FileScanTask task) {
        return Objects.requireNonNull(task.file().pos(), "a file's place in its manifest");
    }

    /** The files that some manifests list from a position on: no more than one too many. */
    private List<FileScanTask> planned(List<ManifestFile> manifests, long from) {
        ScannedTable table = new ScannedTable(
                metadata,
                files,
                schema,
                manifests.stream().map(ManifestFile::path).collect(Collectors.toSet()));
        List<FileScanTask> tasks = new ArrayList<>();
        try (CloseableIterable<FileScanTask> planned = scan(table).planFiles()) {
            for (FileScanTask task : planned) {
                if (from == 0 || position(task) >= from) {
                    tasks.add(task);
                }
                if (tasks.size() > most) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The manifests of a plan cannot be closed", e);
        }
        return tasks;
    }

    private Scan<?, FileScanTask, ?> scan(ScannedTable table) {
        return isIncremental(request)
                ? configured(table.newIncrementalAppendScan()
                        .fromSnapshotExclusive(request.startSnapshotId())
                        .toSnapshot(snapshot.snapshotId()))
                : configured(table.newScan().useSnapshot(snapshot.snapshotId()));
    }

    private <T extends Scan<T, FileScanTask, ?>> T configured(T scan) {
        T configured = scan.caseSensitive(request.caseSensitive()).filter(filter(request));
        if (request.select() != null) {
            configured = configured.select(request.select());
        }
        return request.statsFields() == null ? configured : configured.includeColumnStats(request.statsFields());
    }
}
