package dev.tarn.platform;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background work of one thread: it runs, pauses, and runs again until closed, and once more while closing, so that nothing is
 * left. A run that fails is logged and the next one comes all the same.
 */
public final class Repeating implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);

    private final String name;
    private final long pauseMillis;
    private final Runnable work;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private Repeating(String name, Duration pause, Runnable work) {
        this.name = name;
        this.pauseMillis = pause.toMillis();
        this.work = work;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::repeat);
    }

    /** Starts the work; its first run comes after the first pause. */
    public static Repeating start(String name, Duration pause, Runnable work) {
        Repeating repeating = new Repeating(name, pause, work);
        repeating.thread.start();
        return repeating;
    }

    private void repeat() {
        try {
            while (!closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                runOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed; it is tried again", name, e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runOnce();
    }
}
