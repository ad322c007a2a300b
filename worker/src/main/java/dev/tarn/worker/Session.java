package dev.tarn.worker;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.MessageReader;
import dev.tarn.worker.protocol.MessageWriter;
import dev.tarn.worker.statement.Planner;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * One connection. The calling thread reads frames for as long as there are any and answers pings; tasks wait in a short queue
 * for the task thread; a third thread beats time for cancellations and progress.
 */
final class Session {
    private static final int WAITING_TASKS = 64;
    private static final long INTERRUPT_MILLIS = 20;
    /** DuckDB recurses for nested expressions: on a small stack it crashes before it can refuse. */
    private static final long TASK_STACK_BYTES = 64L << 20;

    private static final long CLOCK_STACK_BYTES = 256 << 10;

    /** A task and the wish that it ends. */
    record Task(Message.Task request, Cancellation cancellation) {}

    private final MessageReader reader;
    private final MessageWriter writer;
    private final BlockingQueue<Task> waiting = new ArrayBlockingQueue<>(WAITING_TASKS);
    private final Map<Long, Cancellation> unfinished = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor clock =
            new ScheduledThreadPoolExecutor(1, beat -> daemon(beat, "clock", CLOCK_STACK_BYTES));
    private final Path scratch;
    private final List<Path> folders;

    /** @param folders in which tasks read and write, beside the scratch folder */
    Session(SocketChannel channel, Path scratch, List<Path> folders) {
        reader = new MessageReader(channel);
        writer = new MessageWriter(channel);
        clock.setRemoveOnCancelPolicy(true);
        this.scratch = scratch;
        this.folders = Stream.concat(Stream.of(scratch), folders.stream()).toList();
    }

    /** Returns when the server closes the connection. */
    void serve() throws IOException {
        daemon(this::runTasks, "task", TASK_STACK_BYTES).start();
        for (Message message = reader.read(); message != null; message = reader.read()) {
            switch (message) {
                case Message.Ping ping -> writer.write(new Message.Pong(ping.id()));
                case Message.Cancel cancel -> cancel(cancel.id());
                case Message.Task task -> accept(task);
                case Message.Reply reply -> throw new IOException("A reply came where requests do: " + reply);
            }
        }
    }

    private void accept(Message.Task request) throws IOException {
        Cancellation cancellation = new Cancellation();
        unfinished.put(request.id(), cancellation);
        if (!waiting.offer(new Task(request, cancellation))) {
            throw new IOException("More than " + WAITING_TASKS + " tasks wait");
        }
    }

    private void cancel(long id) {
        Cancellation cancellation = unfinished.get(id);
        if (cancellation != null) {
            cancellation.request();
            interruptUntilGone(id);
        }
    }

    private void interruptUntilGone(long id) {
        Cancellation cancellation = unfinished.get(id);
        if (cancellation != null) {
            cancellation.interrupt();
            Future<?> _ = clock.schedule(() -> interruptUntilGone(id), INTERRUPT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void runTasks() {
        // Before the engine starts threads of its own.
        List<String> fences = KernelFences.raise(folders);
        try (Planner planner = Planner.open(scratch);
                BufferAllocator allocator = new RootAllocator()) {
            writer.write(new Message.Ready(ProcessHandle.current().pid(), planner.engineVersion(), fences));
            TaskRunner runner = new TaskRunner(writer::write, clock, scratch, planner, allocator);
            if (waiting.isEmpty()) {
                runner.warmUp();
            }
            while (true) {
                Task task = waiting.take();
                runner.run(task);
                unfinished.remove(task.request().id());
            }
        } catch (Throwable e) {
            Worker.die(e);
        }
    }

    private static Thread daemon(Runnable work, String name, long stackBytes) {
        Thread thread = new Thread(null, work, name, stackBytes);
        thread.setDaemon(true);
        return thread;
    }
}
