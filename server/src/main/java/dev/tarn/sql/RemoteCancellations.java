package dev.tarn.sql;

import dev.tarn.platform.Repeating;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stops statements across servers of one database: a server that does not run a statement leaves a wish, and the one that
 * does looks for wishes every {@link #LOOK} while it runs anything. Only servers that can have neighbours use this.
 */
final class RemoteCancellations implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final CancellationStore store;
    private final Clock clock;
    private final Supplier<Set<StatementKey>> running;
    private final Consumer<StatementKey> stop;
    private final Repeating look;

    RemoteCancellations(
            CancellationStore store, Clock clock, Supplier<Set<StatementKey>> running, Consumer<StatementKey> stop) {
        this.store = store;
        this.clock = clock;
        this.running = running;
        this.stop = stop;
        this.look = Repeating.start("tarn-cancellations", LOOK, this::look);
    }

    private void look() {
        Set<StatementKey> here = running.get();
        if (!here.isEmpty()) {
            store.take(here).forEach(stop);
            store.removeOlderThan(clock.instant().minus(KEPT));
        }
    }

    /** Asks the other servers; true when one of them runs the statement and stops it. */
    boolean ask(StatementKey statement) {
        store.ask(statement, clock.instant());
        try {
            for (long waited = 0; waited < PATIENCE.toMillis(); waited += 50) {
                Thread.sleep(50);
                if (!store.isAsked(statement)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.withdraw(statement);
        return false;
    }

    @Override
    public void close() {
        look.close();
    }
}
