package dev.tarn.upkeep;

import dev.tarn.engine.FileRewrites.RowOrder;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;

/**
 * How a compaction is to be done: Spark's options of {@code rewrite_data_files}, with its defaults, where they mean something here.
 *
 * @param minFileBytes smaller files are written anew
 * @param maxFileBytes and larger ones
 * @param minInputFiles so many make a group worthwhile
 * @param deleteFileThreshold files with so many delete files are written anew
 * @param deleteRatioThreshold and those of whose rows so many are deleted
 * @param rewriteAll all files are written anew
 * @param removeDangling delete files of no row go
 * @param where rows like these alone are looked at
 */
record CompactionOptions(
        long targetBytes,
        long minFileBytes,
        long maxFileBytes,
        int minInputFiles,
        long maxGroupBytes,
        int deleteFileThreshold,
        double deleteRatioThreshold,
        boolean rewriteAll,
        boolean removeDangling,
        CompactionPlan.JobOrder jobOrder,
        RowOrder order,
        Optional<String> where) {
    private static final double LARGE = 1.8;
    private static final double DELETED = 0.3;
    private static final long USUAL_GROUP_BYTES = 4L << 30;

    /** Rows are in order within a group, so larger ones are ordered better; the engine sorts them on disk. */
    private static final long SORTED_GROUP_BYTES = 8L << 30;

    private static final Set<String> STRATEGIES = Set.of("binpack", "sort", "zorder");
    private static final List<String> KNOWN = List.of(
            "target-file-size-bytes",
            "min-file-size-bytes",
            "max-file-size-bytes",
            "min-input-files",
            "max-file-group-size-bytes",
            "delete-file-threshold",
            "delete-ratio-threshold",
            "rewrite-all",
            "remove-dangling-deletes",
            "rewrite-job-order",
            "partial-progress.enabled",
            "use-starting-sequence-number",
            "columns",
            "sort_order",
            "where");

    /**
     * Reads them.
     *
     * @param usualTarget about how large a data file of the table is to be
     * @throws TarnException {@code INVALID_REQUEST} for what is not known, does not fit, or would not be true
     */
    static CompactionOptions of(UpkeepTask.Compact task, Table table, long usualTarget) {
        Reader options = new Reader(task.options());
        if (!STRATEGIES.contains(task.strategy())) {
            throw refused("%s is no strategy of compaction; there are binpack, sort and zorder"
                    .formatted(shortened(task.strategy())));
        }
        options.requireKnown();
        options.requireTrue("partial-progress.enabled", "each group of files is committed when it is done");
        options.requireTrue("use-starting-sequence-number", "deletes that come meanwhile hold for the new files, too");
        long target = options.number("target-file-size-bytes", usualTarget, 1);
        long min = options.number("min-file-size-bytes", (long) (FileFacts.SMALL * target), 0);
        long max = options.number("max-file-size-bytes", (long) (LARGE * target), 1);
        if (min >= target || max <= target) {
            throw refused(
                    "min-file-size-bytes (%d) must be below target-file-size-bytes (%d), and max-file-size-bytes (%d) above it"
                            .formatted(min, target, max));
        }
        RowOrder order = new CompactionOrder(table).of(task);
        long group = order instanceof RowOrder.Any ? USUAL_GROUP_BYTES : SORTED_GROUP_BYTES;
        return new CompactionOptions(
                target,
                min,
                max,
                Math.toIntExact(Math.min(Integer.MAX_VALUE, options.number("min-input-files", FileFacts.FEWEST, 1))),
                options.number("max-file-group-size-bytes", Math.max(group, 2 * target), 1),
                Math.toIntExact(
                        Math.min(Integer.MAX_VALUE, options.number("delete-file-threshold", Integer.MAX_VALUE, 1))),
                options.ratio("delete-ratio-threshold", DELETED),
                options.flag("rewrite-all", false),
                options.flag("remove-dangling-deletes", true),
                options.jobOrder(),
                order,
                options.text("where"));
    }

    private record Reader(Map<String, String> options) {
        void requireKnown() {
            Set<String> unknown = new TreeSet<>(options.keySet());
            KNOWN.forEach(unknown::remove);
            if (!unknown.isEmpty()) {
                throw refused("%s is no option of compaction here; there are %s"
                        .formatted(
                                unknown.stream()
                                        .map(CompactionOptions::shortened)
                                        .collect(Collectors.joining(", ")),
                                String.join(
                                        ", ",
                                        new TreeMap<>(KNOWN.stream()
                                                        .collect(Collectors.toMap(name -> name, name -> name)))
                                                .keySet())));
            }
        }

        void requireTrue(String name, String since) {
            if (!flag(name, true)) {
                throw refused("%s can be true alone: %s".formatted(name, since));
            }
        }

        Optional<String> text(String name) {
            return Optional.ofNullable(options.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        }

        long number(String name, long usual, long least) {
            Optional<String> text = text(name);
            if (text.isEmpty()) {
                return usual;
            }
            if (!text.get().matches("[0-9]{1,18}") || Long.parseLong(text.get()) < least) {
                throw refused("%s must be a whole number of at least %d, and not %s"
                        .formatted(name, least, shortened(text.get())));
            }
            return Long.parseLong(text.get());
        }

        double ratio(String name, double usual) {
            Optional<String> text = text(name);
            if (text.isEmpty()) {
                return usual;
            }
            if (!text.get().matches("[0-9]{0,3}(\\.[0-9]{0,9})?") || !text.get().matches(".*[0-9].*")) {
                throw refused("%s must be a number from 0 to 1, and not %s".formatted(name, shortened(text.get())));
            }
            double ratio = Double.parseDouble(text.get());
            if (ratio <= 0 || ratio > 1) {
                throw refused("%s must be above 0 and at most 1, and not %s".formatted(name, text.get()));
            }
            return ratio;
        }

        boolean flag(String name, boolean usual) {
            String text = text(name).orElse(String.valueOf(usual));
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw refused("%s must be true or false, and not %s".formatted(name, shortened(text)));
            };
        }

        CompactionPlan.JobOrder jobOrder() {
            String text = text("rewrite-job-order").orElse(CompactionPlan.JobOrder.NONE.text());
            return Arrays.stream(CompactionPlan.JobOrder.values())
                    .filter(order -> order.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> refused(
                            "rewrite-job-order must be none, bytes-asc, bytes-desc, files-asc or files-desc, and not %s"
                                    .formatted(shortened(text))));
        }
    }

    static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }
}
