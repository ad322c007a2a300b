package dev.tarn.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Commits what many threads hand in together, by one background thread within 200 ms: a kill may lose that, a stop loses
 * nothing. When the database cannot keep up, the queue fills and callers wait. What could not be committed is tried again with
 * what came meanwhile.
 */
public final class GroupCommit<T> implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MOST_WAITING = 10_000;

    private final Consumer<List<T>> commit;
    private final BlockingQueue<T> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

    /** Taken from the queue and not yet committed; only the writer touches it. */
    private final List<T> batch = new ArrayList<>();

    private final Repeating writer;

    /** @param commit makes them durable, in their order, all or none */
    public GroupCommit(String name, Consumer<List<T>> commit) {
        this.commit = commit;
        this.writer = Repeating.start(name, PAUSE, this::write);
    }

    /** Hands an entry in; that of a cancelled call too. */
    public void add(T entry) {
        boolean interrupted = false;
        while (true) {
            try {
                waiting.put(entry);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        do {
            waiting.drainTo(batch, MOST_WAITING - batch.size());
            if (!batch.isEmpty()) {
                commit.accept(List.copyOf(batch));
                batch.clear();
            }
        } while (!waiting.isEmpty());
    }

    @Override
    public void close() {
        writer.close();
    }
}
