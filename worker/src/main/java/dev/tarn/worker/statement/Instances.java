package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.ResidentMemory;
import dev.tarn.worker.duckdb.RowsToFiles;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Arrangement;
import dev.tarn.worker.protocol.Query;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Locked instances that wait for the next statement which may see exactly what they show: one of the same owner, over the same
 * tables, columns and files, with the same limits. Nothing of that is guessed, so an instance shows nothing that a new one would
 * not. Each statement has a connection of its own there, with which its variables, seeds and temporary views end; one that fails or
 * is cancelled takes its instance with it, and one that may not see all of a table, or that writes, has an instance to itself.
 *
 * <p>The engine gives memory back when an instance closes, and hardly before; so all are closed once the process has grown.
 */
public final class Instances implements AutoCloseable {
    /** More than the sets of tables of a dashboard or of TPC-H; each takes about 7 MB of memory and 26 MB of addresses. */
    private static final int KEPT = 32;

    private static final long LEAST_GROWTH_BYTES = 256L << 20;

    private final Path scratch;
    private final long bornWith = ResidentMemory.bytes();
    private final LinkedHashMap<Query, Instance> idle = new LinkedHashMap<>();

    /** @param scratch where instances spill to */
    public Instances(Path scratch) {
        this.scratch = scratch;
    }

    static boolean mayShare(Query query) {
        return query.owner() != null && HiddenValues.limited(query).isEmpty();
    }

    /** An instance in which the statement can run; whoever takes it keeps or closes it. */
    Instance take(Query query, Cancellation cancellation) throws TaskFailedException, SQLException {
        Instance known = mayShare(query) ? idle.remove(sight(query)) : null;
        return known == null ? open(query, cancellation, scratch, List.of(), Arrangement.NONE) : known;
    }

    /** Takes back an instance whose statement ended well. */
    void keep(Query query, Instance instance) throws SQLException {
        if (!mayShare(query)) {
            instance.close();
            return;
        }
        Instance other = idle.put(sight(query), instance);
        if (other != null) {
            other.close();
        }
        if (ResidentMemory.bytes() - bornWith > Math.max(LEAST_GROWTH_BYTES, query.memoryLimitBytes() / 2)) {
            close();
        } else if (idle.size() > KEPT) {
            idle.pollFirstEntry().getValue().close();
        }
    }

    /** Opens one, shows it the statement's tables, and locks it. */
    static Instance open(
            Query query, Cancellation cancellation, Path scratch, List<String> writable, Arrangement arrangement)
            throws TaskFailedException, SQLException {
        Instance instance = Instance.open(scratch, query.memoryLimitBytes(), query.threads(), true);
        cancellation.watch(instance.connection());
        boolean ready = false;
        try {
            RowsToFiles.prepare(instance, arrangement);
            ScannedBytes.prepare(instance);
            TableViews.create(instance, query, writable);
            cancellation.check();
            ready = true;
            return instance;
        } catch (SQLException e) {
            throw new TaskFailedException(Failures.of(e), e);
        } finally {
            cancellation.watch(null);
            if (!ready) {
                instance.close();
            }
        }
    }

    /** All that decides what a statement sees. */
    private static Query sight(Query query) {
        return new Query(
                "",
                List.of(),
                query.tables(),
                query.catalog(),
                query.schema(),
                query.memoryLimitBytes(),
                query.threads(),
                query.owner());
    }

    @Override
    public void close() throws SQLException {
        for (Map.Entry<Query, Instance> entry = idle.pollFirstEntry(); entry != null; entry = idle.pollFirstEntry()) {
            entry.getValue().close();
        }
    }
}
