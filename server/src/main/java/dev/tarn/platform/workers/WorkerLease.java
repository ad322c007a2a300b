package dev.tarn.platform.workers;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Message;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One worker for the calls of one task. A call that is cancelled, or that misses the deadline, is asked to stop first and
 * killed {@value #PATIENCE_MS} ms later: some functions of the engine hear no interrupt.
 */
public final class WorkerLease implements AutoCloseable {
    private static final long PATIENCE_MS = 500;
    private static final long SILENCE_MS = 15_000;
    private static final long PING_MS = 2_000;
    private static final AtomicLong CALLS = new AtomicLong();

    private final WorkerPool pool;
    private final WorkerProcess worker;
    private final Clock clock;
    private final ScheduledExecutorService watch;
    private final Deadline deadline;
    private final Cancellation cancellation;
    private boolean sound = true;

    WorkerLease(
            WorkerPool pool,
            WorkerProcess worker,
            Clock clock,
            ScheduledExecutorService watch,
            Deadline deadline,
            Cancellation cancellation) {
        this.pool = pool;
        this.worker = worker;
        this.clock = clock;
        this.watch = watch;
        this.deadline = deadline;
        this.cancellation = cancellation;
    }

    /**
     * Sends one task and waits for what ends it.
     *
     * @param wanted what the task ends with when it succeeds
     * @param task made from the call's id
     * @param onPart takes chunks and progress in order; when it throws, the call is stopped and the exception passed on
     * @param failure what a failure of the worker is to the caller
     * @throws TarnException what {@code failure} makes; {@code TIMEOUT}, {@code STATEMENT_CANCELLED}, or {@code WORKER_LOST}
     *     when the process died
     */
    public <E extends Message.End> E call(
            Class<E> wanted,
            LongFunction<Message.Task> task,
            Consumer<Message.Part> onPart,
            Function<Failure, TarnException> failure) {
        Message.End end = call(task, onPart);
        if (end instanceof Message.Failed failed) {
            throw failure.apply(failed.failure());
        }
        return wanted.cast(end);
    }

    /** Sends one task and waits for what ends it, a failure too. */
    Message.End call(LongFunction<Message.Task> task, Consumer<Message.Part> onPart) {
        long id = CALLS.incrementAndGet();
        Stop stop = new Stop(id);
        Future<?> alarm = watch.schedule(
                () -> stop.because(deadline.missed()), deadline.left(clock).toMillis(), TimeUnit.MILLISECONDS);
        Future<?> pulse = watch.scheduleWithFixedDelay(stop::ping, PING_MS, PING_MS, TimeUnit.MILLISECONDS);
        try (Cancellation.Registration _ = cancellation.onRequest(() -> stop.because(cancellation.failure()))) {
            worker.send(task.apply(id));
            return answer(id, stop, onPart);
        } catch (IOException e) {
            sound = false;
            throw stop.reason()
                    .orElseGet(() -> new TarnException(
                            ErrorCode.WORKER_LOST, "The process that ran this was lost; try again", e));
        } finally {
            alarm.cancel(false);
            pulse.cancel(false);
            stop.over();
        }
    }

    private Message.End answer(long id, Stop stop, Consumer<Message.Part> onPart) throws IOException {
        while (true) {
            Message message = worker.receive().orElseThrow(() -> new IOException("The worker closed its socket"));
            stop.heard();
            switch (message) {
                case Message.Part part when part.id() == id -> take(part, onPart);
                case Message.Failed end
                when end.id() == id -> {
                    if (stop.reason().isPresent()) {
                        throw stop.reason().get();
                    }
                    return end;
                }
                case Message.End end
                when end.id() == id -> {
                    return end;
                }
                case Message.Reply other -> {
                    // a pong, or what was still under way of an earlier call
                }
                case Message.Request request -> throw new IOException("A worker sent a request");
            }
        }
    }

    private void take(Message.Part part, Consumer<Message.Part> onPart) {
        try {
            onPart.accept(part);
        } catch (RuntimeException e) {
            sound = false; // the rest of the answer is still in the socket
            worker.kill();
            throw e;
        }
    }

    /** Asks an idle worker whether it still answers. */
    static boolean answers(WorkerProcess worker, ScheduledExecutorService watch) {
        long id = CALLS.incrementAndGet();
        Future<?> alarm = watch.schedule(worker::kill, 2, TimeUnit.SECONDS);
        try {
            worker.send(new Message.Ping(id));
            while (true) {
                Optional<Message> reply = worker.receive();
                if (reply.isEmpty()) {
                    return false;
                }
                if (reply.get() instanceof Message.Pong pong && pong.id() == id) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        } finally {
            alarm.cancel(false);
        }
    }

    @Override
    public void close() {
        pool.giveBack(worker, sound);
    }

    /** How one call is brought to its end from outside. */
    private final class Stop {
        private final long id;
        private @Nullable TarnException reason;
        private @Nullable Future<?> kill;
        private volatile long lastHeard = clock.millis();
        private boolean over;

        Stop(long id) {
            this.id = id;
        }

        synchronized void because(TarnException why) {
            if (over || reason != null) {
                return;
            }
            reason = why;
            kill = watch.schedule(worker::kill, PATIENCE_MS, TimeUnit.MILLISECONDS);
            send(new Message.Cancel(id));
        }

        synchronized Optional<TarnException> reason() {
            return Optional.ofNullable(reason);
        }

        void heard() {
            lastHeard = clock.millis();
        }

        /** A worker that is stopped rather than dead answers no ping, and would hold its task for ever. */
        void ping() {
            if (clock.millis() - lastHeard > SILENCE_MS) {
                worker.kill();
            } else {
                send(new Message.Ping(id));
            }
        }

        synchronized void over() {
            over = true;
            if (kill != null) {
                kill.cancel(false);
            }
        }

        private void send(Message message) {
            try {
                worker.sendIfFree(message);
            } catch (IOException e) {
                worker.kill(); // the reader notices
            }
        }
    }
}
