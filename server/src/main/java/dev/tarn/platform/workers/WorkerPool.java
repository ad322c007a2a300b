package dev.tarn.platform.workers;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Home;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The warm worker processes. A task leases one, so that nothing shares a process with a task while it runs; one that
 * failed, was killed or has grown is replaced in the background, and one spare is kept so that the next task finds it
 * ready. The server holds no other handle on native code: killing any worker at any moment costs its own task alone.
 */
public final class WorkerPool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);
    private static final List<String> FENCES = List.of("landlock", "seccomp");
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    /** For so long a worker is believed to be well without being asked. */
    private static final Duration FRESH = Duration.ofSeconds(1);
    /** For so long after the loss of a worker none is. */
    private static final Duration DISTRUST = Duration.ofSeconds(5);
    /** What the last tasks left in a worker makes the next ones fast for so long. */
    private static final Duration REST = Duration.ofMinutes(1);

    private final Path application;
    private final Home home;
    private final List<Path> folders;
    private final Clock clock;
    private final WorkerLimits limits;
    private final Semaphore places;
    private final Deque<WorkerProcess> idle = new ArrayDeque<>();
    private final AtomicBoolean starting = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicLong numbers = new AtomicLong();
    private final ScheduledThreadPoolExecutor watch;
    private final ExecutorService spawner = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<?> heartbeat;
    private volatile boolean closed;
    private volatile long lastLoss = System.nanoTime();
    private volatile List<String> fences = List.of();

    /** @param folders that tasks may be sent to, beside the home's scratch space; they are there */
    WorkerPool(Path application, Home home, List<Path> folders, Clock clock, WorkerLimits limits) {
        this.application = application;
        this.home = home;
        this.folders = Stream.concat(Stream.of(home.tmp()), folders.stream()).toList();
        this.clock = clock;
        this.limits = limits;
        this.places = new Semaphore(limits.maximum(), true);
        this.watch = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("worker-watch").factory());
        watch.setRemoveOnCancelPolicy(true);
        this.heartbeat = watch.scheduleWithFixedDelay(
                this::checkIdle, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Starts the first spare, so that the first task need not wait. */
    public void warmUp() {
        spawner.execute(this::addSpare);
    }

    /**
     * The processes at this moment.
     *
     * @param busy those that a task has, or that are being started for one
     * @param idle those that wait for one
     * @param maximum how many can be busy at once
     * @param fences those of the kernel that are raised around tasks; none where the kernel has none, or before the first start
     */
    public record Workers(int busy, int idle, int maximum, List<String> fences) {
        public Workers {
            fences = List.copyOf(fences);
        }
    }

    /** How many workers there are and how many work. */
    public Workers workers() {
        int busy = limits.maximum() - places.availablePermits();
        synchronized (idle) {
            return new Workers(busy, idle.size(), limits.maximum(), fences);
        }
    }

    /** The memory that one task may use, in bytes. */
    public long memoryPerTask() {
        return limits.memoryBytes();
    }

    /** The engine threads of one task. */
    public int threadsPerTask() {
        return limits.threads();
    }

    /**
     * Takes a worker for one task, waiting for a place until the deadline.
     *
     * @throws TarnException {@code TIMEOUT} when none came free, {@code STATEMENT_CANCELLED} when cancelled meanwhile
     */
    public WorkerLease lease(Deadline deadline, Cancellation cancellation) {
        Thread waiting = Thread.currentThread();
        try (Cancellation.Registration _ = cancellation.onRequest(waiting::interrupt)) {
            if (!places.tryAcquire(deadline.left(clock).toMillis(), TimeUnit.MILLISECONDS)) {
                throw deadline.missed();
            }
        } catch (InterruptedException e) {
            throw interrupted(cancellation);
        }
        if (cancellation.requested()) {
            Thread.interrupted(); // the request may have come between the place and the end of the registration
            places.release();
            throw cancellation.failure();
        }
        try {
            return new WorkerLease(this, ready(), clock, watch, deadline, cancellation);
        } catch (IOException e) {
            places.release();
            throw new TarnException(ErrorCode.WORKER_LOST, "No worker process could be started; try again", e);
        }
    }

    private TarnException interrupted(Cancellation cancellation) {
        if (cancellation.requested()) {
            return cancellation.failure();
        }
        Thread.currentThread().interrupt();
        return new TarnException(ErrorCode.STOPPING, "The server is stopping; try again later");
    }

    /** An idle worker may have died or hung since its last task; asking it costs a round trip and saves that task. */
    private WorkerProcess ready() throws IOException {
        WorkerProcess worker = takeIdle();
        while (worker != null && !(worker.alive() && (isTrusted(worker) || WorkerLease.answers(worker, watch)))) {
            worker.close();
            worker = takeIdle();
        }
        if (worker == null) {
            worker = start();
        }
        spawner.execute(this::addSpare); // for the next task, which would have to wait for one
        worker.allow(limits.addressSpaceBytes());
        return worker;
    }

    /** What ended one worker may have ended others. */
    private boolean isTrusted(WorkerProcess worker) {
        return !worker.hasRested(FRESH) && System.nanoTime() - lastLoss > DISTRUST.toNanos();
    }

    private @org.jspecify.annotations.Nullable WorkerProcess takeIdle() {
        synchronized (idle) {
            return idle.pollFirst();
        }
    }

    private WorkerProcess start() throws IOException {
        if (closed) {
            throw new IOException("The pool is closed");
        }
        String name = "worker-" + numbers.incrementAndGet();
        WorkerProcess worker = WorkerProcess.start(
                application, home.tmp().resolve(name), folders, home.logs().resolve("workers.log"));
        fences = worker.fences();
        if (!worker.fences().containsAll(FENCES) && told.compareAndSet(false, true)) {
            log.warn(
                    "Workers run with the kernel's fences {} of {}; the rest this machine does not have",
                    fences,
                    FENCES);
        }
        return worker;
    }

    /** Takes a worker back from a task; a spoilt one is replaced. */
    void giveBack(WorkerProcess worker, boolean sound) {
        if (sound && !closed && worker.alive() && worker.resident() < limits.residentBytes()) {
            worker.rest();
            synchronized (idle) {
                idle.addFirst(worker);
            }
        } else {
            lastLoss = System.nanoTime();
            spawner.execute(() -> {
                worker.close();
                addSpare();
            });
        }
        places.release();
    }

    /** One at a time, so that many tasks at once do not start many. */
    private void addSpare() {
        if (!starting.compareAndSet(false, true)) {
            return;
        }
        try {
            startSpare();
        } catch (IOException e) {
            if (!closed) {
                log.error("No spare worker could be started", e);
            }
        } finally {
            starting.set(false);
        }
    }

    private void startSpare() throws IOException {
        synchronized (idle) {
            if (closed || !idle.isEmpty()) {
                return;
            }
        }
        WorkerProcess spare = start();
        synchronized (idle) {
            if (!closed) {
                idle.addLast(spare);
                return;
            }
        }
        spare.close();
    }

    /** Idle workers are asked whether they still answer; one that does not is replaced before a task meets it. */
    private void checkIdle() {
        replaceGrown();
        WorkerProcess oldest;
        synchronized (idle) {
            oldest = idle.pollLast();
        }
        if (oldest == null) {
            return;
        }
        if (WorkerLease.answers(oldest, watch)) {
            synchronized (idle) {
                idle.addLast(oldest);
            }
        } else {
            log.warn("Worker {} stopped answering and is replaced", oldest.pid());
            spawner.execute(() -> {
                oldest.close();
                addSpare();
            });
        }
    }

    /** The engine hardly gives memory back, and nobody has needed what is in these for a while. */
    private void replaceGrown() {
        List<WorkerProcess> grown = new ArrayList<>();
        synchronized (idle) {
            idle.removeIf(worker ->
                    worker.hasRested(REST) && worker.resident() >= limits.recycleAboveBytes() && grown.add(worker));
        }
        if (!grown.isEmpty()) {
            spawner.execute(() -> {
                grown.forEach(WorkerProcess::close);
                addSpare();
            });
        }
    }

    @Override
    public void close() {
        closed = true;
        heartbeat.cancel(true);
        watch.shutdownNow();
        synchronized (idle) {
            idle.forEach(WorkerProcess::close);
            idle.clear();
        }
        spawner.shutdown();
    }
}
