package dev.tarn.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.worker.protocol.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ExpressionParser;
import org.jspecify.annotations.Nullable;

/**
 * What was planned before of snapshots, which never change, and what their delete files hold. Rights are no part of it: whoever
 * plans has been let in to the table in this statement, and the condition is a part of the key.
 */
final class FilePlans {
    private static final long LIMIT_BYTES = 32L << 20;
    private static final long LIMIT_DELETES_BYTES = 64L << 20;
    private static final long LARGEST_DELETES_BYTES = 16L << 20;
    /** Of a file with its metrics, about. */
    private static final int FILE_BYTES = 4_000;

    private final Cache<Key, Plan> plans = Caffeine.newBuilder()
            .maximumWeight(LIMIT_BYTES)
            .<Key, Plan>weigher((key, plan) -> plan.bytes())
            .build();
    private final Cache<DeletesKey, Deletes> deletes = Caffeine.newBuilder()
            .maximumWeight(LIMIT_DELETES_BYTES)
            .<DeletesKey, Deletes>weigher((key, decoded) -> Math.toIntExact(decoded.bytes()))
            .build();

    /** What decides which files are read, and what is told of them. */
    private record Key(
            String location,
            long snapshot,
            int schema,
            String condition,
            @Nullable String mapping) {}

    /** Values are decoded as the types that the table's columns have. */
    private record DeletesKey(int schema, String file) {}

    private record Deletes(Object decoded, long bytes) {}

    /**
     * The files of a scan.
     *
     * @param all the size of the version
     * @param tasks the scan's, in the order of the files
     */
    record Plan(List<SourceFile> files, PlannedFiles.Size all, List<FileScanTask> tasks) {
        /** Of it what may hold rows for which the condition is true. */
        Plan with(FileCondition condition) {
            if (condition.condition().op() == Expression.Operation.TRUE) {
                return this;
            }
            List<SourceFile> wanted = new ArrayList<>();
            List<FileScanTask> wantedTasks = new ArrayList<>();
            for (int i = 0; i < tasks.size(); i++) {
                if (condition.mayHold(tasks.get(i))) {
                    wanted.add(files.get(i));
                    wantedTasks.add(tasks.get(i));
                }
            }
            return new Plan(List.copyOf(wanted), all, List.copyOf(wantedTasks));
        }

        private int bytes() {
            return Math.toIntExact(Math.min(LIMIT_BYTES, 1_000L + (long) files.size() * FILE_BYTES));
        }
    }

    Plan plan(ReadableTable table, Expression wanted, Supplier<Plan> planning) {
        Optional<Key> key = key(table, wanted);
        Plan known = key.map(plans::getIfPresent).orElse(null);
        if (known != null) {
            return known;
        }
        Plan plan = planning.get();
        key.ifPresent(found -> plans.put(found, plan));
        return plan;
    }

    private static Optional<Key> key(ReadableTable table, Expression wanted) {
        try {
            return Optional.of(new Key(
                    table.table().location(),
                    table.snapshotId().orElseThrow(),
                    table.table().schema().schemaId(),
                    ExpressionParser.toJson(wanted),
                    table.table().properties().get(TableProperties.DEFAULT_NAME_MAPPING)));
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            return Optional.empty(); // a condition that has no text is planned anew
        }
    }

    static boolean mayKeepDeletes(long bytes) {
        return bytes <= LARGEST_DELETES_BYTES;
    }

    /** What a delete file holds, decoded; whoever gets it does not change it. */
    Object deletes(ReadableTable table, String file, Supplier<?> decode, long bytes) {
        DeletesKey key = new DeletesKey(table.table().schema().schemaId(), file);
        return deletes.get(key, same -> new Deletes(decode.get(), bytes)).decoded();
    }
}
