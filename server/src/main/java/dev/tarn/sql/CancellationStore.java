package dev.tarn.sql;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Wishes to stop statements that run on some other server of the same database. */
interface CancellationStore {
    /** Leaves a wish; one that is there already stays. */
    void ask(StatementKey statement, Instant at);

    /** The wishes for these statements, which are taken away. */
    List<StatementKey> take(Collection<StatementKey> running);

    /** Whether the wish is still there. */
    boolean isAsked(StatementKey statement);

    /** Takes a wish back. */
    void withdraw(StatementKey statement);

    /** Removes wishes that nobody took, because their server went away while it was asked. */
    void removeOlderThan(Instant instant);
}
