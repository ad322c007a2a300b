package dev.tarn.platform.workers;

import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.MessageReader;
import dev.tarn.worker.protocol.MessageWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One child process and the socket to it. The environment is empty but for what its native code needs. */
final class WorkerProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /** With the optimising compiler, which costs a start little and a load of a large file a third less CPU. */
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xms16m",
            "-Xmx256m",
            "-XX:CompressedClassSpaceSize=32m",
            "-XX:ReservedCodeCacheSize=48m");

    private final Process process;
    private final SocketChannel channel;
    private final MessageReader reader;
    private final MessageWriter writer;
    private final ReentrantLock sending = new ReentrantLock();
    private final Path scratch;
    private final long bornWith;
    private long allowed = -1;
    private volatile long restsSince = System.nanoTime();
    private final List<String> fences;

    private WorkerProcess(Process process, SocketChannel channel, Path scratch) throws IOException {
        this.process = process;
        this.channel = channel;
        this.scratch = scratch;
        this.reader = new MessageReader(channel);
        this.writer = new MessageWriter(channel);
        Message first = receive().orElseThrow(() -> new IOException("The worker ended before it was ready"));
        if (!(first instanceof Message.Ready ready)) {
            throw new IOException("The worker began with " + first);
        }
        this.fences = ready.fences();
        this.bornWith = AddressSpace.used(process.pid());
    }

    /**
     * Starts a child and waits until it is ready.
     *
     * @param application the folder of its jars
     * @param scratch its own folder, removed with it
     * @param folders in which its tasks read and write
     * @param errors where its standard error goes
     */
    static WorkerProcess start(Path application, Path scratch, List<Path> folders, Path errors) throws IOException {
        Files.createDirectories(scratch);
        // A socket's path may have no more than 107 bytes, so it cannot live in a home folder of any depth.
        Path folder = Files.createTempDirectory("tarn");
        Path socket = folder.resolve("worker");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Process process = spawn(application, socket, scratch, folders, errors);
            try {
                return new WorkerProcess(process, accept(server, process), scratch);
            } catch (IOException e) {
                process.destroyForcibly();
                throw e;
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }

    private static Process spawn(Path application, Path socket, Path scratch, List<Path> folders, Path errors)
            throws IOException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-Djava.io.tmpdir=" + scratch);
        command.addAll(List.of("-cp", application.resolve("*").toString(), "dev.tarn.worker.Worker"));
        command.addAll(List.of(socket.toString(), scratch.toString()));
        folders.forEach(folder -> command.add(folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(false)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("MALLOC_ARENA_MAX", "2");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static SocketChannel accept(ServerSocketChannel server, Process process) throws IOException {
        server.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            server.register(selector, SelectionKey.OP_ACCEPT);
            for (long waited = 0; waited < START_LIMIT.toMillis(); waited += 100) {
                SocketChannel accepted = selector.select(100) > 0 ? server.accept() : null;
                if (accepted != null) {
                    return accepted;
                }
                if (!process.isAlive()) {
                    throw new IOException("The worker ended at once with exit code " + process.exitValue());
                }
            }
        }
        throw new IOException("The worker did not start within " + START_LIMIT.toSeconds() + " s");
    }

    /** Sends a request; blocks while the worker does not read. */
    void send(Message message) throws IOException {
        sending.lock();
        try {
            writer.write(message);
        } finally {
            sending.unlock();
        }
    }

    /** Sends unless another thread is sending: one that waits for a frozen worker must not hold up those who watch it. */
    void sendIfFree(Message message) throws IOException {
        if (sending.tryLock()) {
            try {
                writer.write(message);
            } finally {
                sending.unlock();
            }
        }
    }

    /** The next message; empty when the process is gone. One thread reads at a time. */
    Optional<Message> receive() throws IOException {
        return Optional.ofNullable(reader.read());
    }

    /** Lets the process have this much more address space than it had when it was ready. */
    void allow(long bytes) {
        if (bornWith > 0 && allowed != bytes) {
            allowed = bytes;
            AddressSpace.limit(process.pid(), bornWith + bytes);
        }
    }

    /** The fences of the kernel that are raised around its tasks. */
    List<String> fences() {
        return fences;
    }

    /** It has no task from now on. */
    void rest() {
        restsSince = System.nanoTime();
    }

    /** Whether it has had no task for at least so long. */
    boolean hasRested(Duration atLeast) {
        return System.nanoTime() - restsSince >= atLeast.toNanos();
    }

    long resident() {
        return AddressSpace.resident(process.pid());
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive() && channel.isOpen();
    }

    /** Ends the process at once, whatever it does; readers see the end of the stream. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            channel.close();
            process.waitFor();
            dev.tarn.platform.Home.deleteTree(scratch);
        } catch (IOException e) {
            log.warn("The scratch folder of worker {} could not be removed", process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
