package dev.tarn.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Counts the steps that change something, of files and of stores together, and makes one of them fail. A dead process changes
 * nothing any more: every step after the one at which it died fails too, so what is on disk and in the database is what
 * {@code kill -9} would have left.
 */
public final class Faults {
    /** What happens at the chosen step. */
    public enum Kind {
        /** Nothing: the run is counted. */
        NONE,
        /** The process dies before the step. */
        DIE_BEFORE,
        /** The process dies when half of the step is done: of a write to a file, the first half of the bytes is there. */
        DIE_TORN,
        /** The process dies after the step; inside a transaction that is before its commit. */
        DIE_AFTER,
        /** The process dies after the transaction of the step has committed, before anybody learns of it. */
        DIE_COMMITTED,
        /** The step fails once, without any effect; the process goes on. */
        FAIL_BEFORE,
        /** The step has its effect, or its transaction commits, but a failure is reported; the process goes on. */
        FAIL_AFTER
    }

    private final Kind kind;
    private final int chosen;
    private final List<String> steps = new ArrayList<>();
    private volatile boolean dead;

    private Faults(Kind kind, int chosen) {
        this.kind = kind;
        this.chosen = chosen;
    }

    /** No fault; {@link #steps()} says afterwards what could be made to fail. */
    public static Faults none() {
        return new Faults(Kind.NONE, 0);
    }

    /** A fault at the step of this number, the first being 1. */
    public static Faults at(int step, Kind kind) {
        return new Faults(kind, step);
    }

    /** The steps so far. */
    public synchronized List<String> steps() {
        return List.copyOf(steps);
    }

    /** Steps from now on count from 1 again. */
    public synchronized void restart() {
        steps.clear();
    }

    public synchronized boolean dead() {
        return dead;
    }

    /** A step that changes files. */
    public <T> T file(String what, FileStep<T> step) throws IOException {
        return file(what, step, () -> {});
    }

    /** A step that changes files and can be half done. */
    public <T> T file(String what, FileStep<T> step, TornStep half) throws IOException {
        if (!begin(what)) {
            return step.run();
        }
        throw switch (kind) {
            case NONE -> new IOException("no fault is due");
            case DIE_BEFORE, FAIL_BEFORE -> new IOException("fault before " + what);
            case DIE_TORN -> {
                half.run();
                yield new IOException("fault within " + what);
            }
            case DIE_AFTER, DIE_COMMITTED, FAIL_AFTER -> {
                step.run();
                dead = kind != Kind.FAIL_AFTER;
                yield new IOException("fault after " + what);
            }
        };
    }

    /** A step that changes a store. */
    public <T> T store(String what, Supplier<T> step) {
        if (!begin(what)) {
            return step.get();
        }
        return switch (kind) {
            case NONE -> throw new IllegalStateException("No fault is due");
            case DIE_BEFORE, FAIL_BEFORE, DIE_TORN -> throw lost("before " + what);
            case DIE_AFTER -> throw lost("after " + what + ", which gave " + step.get());
            case DIE_COMMITTED, FAIL_AFTER -> {
                T result = step.get();
                if (!TransactionSynchronizationManager.isSynchronizationActive()) {
                    throw lost("after " + what);
                }
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        throw lost("after the commit of " + what);
                    }
                });
                yield result;
            }
        };
    }

    /** Whether the fault is due at this step. */
    private synchronized boolean begin(String what) {
        if (dead) {
            throw lost("after death, at " + what);
        }
        steps.add(what);
        boolean due = kind != Kind.NONE && steps.size() == chosen;
        // A step within a transaction that dies after its commit lets the rest of the transaction happen.
        dead = due && kind.name().startsWith("DIE") && kind != Kind.DIE_COMMITTED;
        return due;
    }

    private synchronized DataAccessResourceFailureException lost(String where) {
        dead = dead || kind == Kind.DIE_COMMITTED;
        return new DataAccessResourceFailureException("fault " + where);
    }

    /** Something that a file system does. */
    @FunctionalInterface
    public interface FileStep<T> {
        T run() throws IOException;
    }

    /** Half of something that a file system does. */
    @FunctionalInterface
    public interface TornStep {
        void run() throws IOException;
    }
}
