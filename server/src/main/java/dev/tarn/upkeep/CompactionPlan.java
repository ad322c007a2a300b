package dev.tarn.upkeep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which files are written anew, and which of them together: by the rules of Iceberg's {@code rewrite_data_files}, and files of an
 * earlier partitioning always. Files of one partition make groups; small groups of several partitions share a commit, so that a
 * table of many partitions with little in each is not a thousand commits.
 */
final class CompactionPlan {
    /** Of a commit of several groups. */
    private static final long COMMIT_BYTES = 512L << 20;

    private static final int COMMIT_GROUPS = 200;

    /** Of one task of a worker, which is told the path of each. */
    static final int MOST_FILES = 10_000;

    private CompactionPlan() {}

    /**
     * A data file.
     *
     * @param source what it is
     * @param partition of the table's partitioning; empty for a file of an earlier one
     * @param deleteFiles how many say that rows of it were deleted
     * @param deletedRows about how many these are
     */
    record OneFile<T>(T source, Optional<?> partition, long bytes, long rows, int deleteFiles, double deletedRows) {}

    /** Files of one partition, or of earlier partitionings. */
    record Group<T>(List<OneFile<T>> files) {
        long bytes() {
            return files.stream().mapToLong(OneFile::bytes).sum();
        }
    }

    /** What is written and committed together. */
    record Batch<T>(List<OneFile<T>> files, int groups) {
        long bytes() {
            return files.stream().mapToLong(OneFile::bytes).sum();
        }

        List<T> sources() {
            return files.stream().map(OneFile::source).toList();
        }
    }

    /** The batches, in the order in which they are to be done. */
    static <T> List<Batch<T>> of(List<OneFile<T>> files, CompactionOptions options) {
        Map<Optional<?>, List<OneFile<T>>> partitions = new LinkedHashMap<>();
        for (OneFile<T> file : files) {
            if (options.rewriteAll() || isCandidate(file, options)) {
                partitions
                        .computeIfAbsent(file.partition(), any -> new ArrayList<>())
                        .add(file);
            }
        }
        List<Group<T>> groups = new ArrayList<>();
        for (List<OneFile<T>> some : partitions.values()) {
            packed(some, options.maxGroupBytes()).stream()
                    .map(Group::new)
                    .filter(group -> options.rewriteAll() || isWorthwhile(group, options))
                    .forEach(groups::add);
        }
        options.jobOrder().comparator().ifPresent(groups::sort);
        return batches(groups);
    }

    private static boolean isCandidate(OneFile<?> file, CompactionOptions options) {
        return file.partition().isEmpty()
                || file.bytes() < options.minFileBytes()
                || file.bytes() > options.maxFileBytes()
                || hasManyDeletes(file, options);
    }

    private static boolean hasManyDeletes(OneFile<?> file, CompactionOptions options) {
        return file.deleteFiles() >= options.deleteFileThreshold()
                || (file.deleteFiles() > 0 && file.deletedRows() >= options.deleteRatioThreshold() * file.rows());
    }

    private static boolean isWorthwhile(Group<?> group, CompactionOptions options) {
        long bytes = group.bytes();
        int count = group.files().size();
        return (count > 1 && (count >= options.minInputFiles() || bytes > options.targetBytes()))
                || bytes > options.maxFileBytes()
                || group.files().stream().anyMatch(file -> file.partition().isEmpty() || hasManyDeletes(file, options));
    }

    /** In their order, which is most often that in which they came: rows that came together stay together. */
    private static <T> List<List<OneFile<T>>> packed(List<OneFile<T>> files, long most) {
        List<List<OneFile<T>>> bins = new ArrayList<>();
        long bytes = 0;
        for (OneFile<T> file : files) {
            boolean full = bins.isEmpty()
                    || bytes + file.bytes() > most
                    || bins.getLast().size() >= MOST_FILES;
            if (full) {
                bins.add(new ArrayList<>());
                bytes = 0;
            }
            bins.getLast().add(file);
            bytes += file.bytes();
        }
        return bins;
    }

    private static <T> List<Batch<T>> batches(List<Group<T>> groups) {
        List<Batch<T>> batches = new ArrayList<>();
        List<OneFile<T>> files = new ArrayList<>();
        int count = 0;
        long bytes = 0;
        for (Group<T> group : groups) {
            long more = group.bytes();
            boolean full = bytes + more > COMMIT_BYTES
                    || files.size() + group.files().size() > MOST_FILES
                    || count >= COMMIT_GROUPS;
            if (full && count > 0) {
                batches.add(new Batch<>(List.copyOf(files), count));
                files.clear();
                count = 0;
                bytes = 0;
            }
            files.addAll(group.files());
            count++;
            bytes += more;
        }
        if (count > 0) {
            batches.add(new Batch<>(List.copyOf(files), count));
        }
        return batches;
    }

    /** {@code rewrite-job-order}. */
    enum JobOrder {
        NONE("none"),
        BYTES_ASC("bytes-asc"),
        BYTES_DESC("bytes-desc"),
        FILES_ASC("files-asc"),
        FILES_DESC("files-desc");

        private final String text;

        JobOrder(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        Optional<Comparator<Group<?>>> comparator() {
            Comparator<Group<?>> bytes = Comparator.comparingLong(Group::bytes);
            Comparator<Group<?>> files =
                    Comparator.comparingInt(group -> group.files().size());
            return switch (this) {
                case NONE -> Optional.empty();
                case BYTES_ASC -> Optional.of(bytes);
                case BYTES_DESC -> Optional.of(bytes.reversed());
                case FILES_ASC -> Optional.of(files);
                case FILES_DESC -> Optional.of(files.reversed());
            };
        }
    }
}
