package dev.tarn.worker;

import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.MessageReader;
import dev.tarn.worker.protocol.MessageWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real worker process on the other end of a real socket, as the server starts it. */
final class WorkerProcess implements AutoCloseable {
    static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xms16m",
            "-Xmx256m",
            "-XX:CompressedClassSpaceSize=32m",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    final Process process;
    final long startMillis;
    private final SocketChannel channel;
    private final MessageReader reader;
    private final MessageWriter writer;
    private final Message.Ready ready;

    private WorkerProcess(Process process, SocketChannel channel, long startedNanos) throws IOException {
        this.process = process;
        this.channel = channel;
        reader = new MessageReader(channel);
        writer = new MessageWriter(channel);
        ready = (Message.Ready) next();
        startMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }

    static WorkerProcess start(Path folder) throws IOException {
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        Path socket = folder.resolve("worker.sock");
        List<String> command = new ArrayList<>();
        command.addAll(List.of("bash", "-c", "ulimit -s 1024; exec \"$@\"", "worker"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-Djava.io.tmpdir=" + scratch, "-cp", classPath(), "dev.tarn.worker.Worker"));
        command.addAll(List.of(socket.toString(), scratch.toString(), folder.toString()));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            long started = System.nanoTime();
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().clear();
            builder.environment().put("MALLOC_ARENA_MAX", "2");
            Process process = builder.start();
            return new WorkerProcess(process, server.accept(), started);
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    /** The application folder as Maven lays it out, or, before it exists, the classes and libraries of this test. */
    private static String classPath() {
        return Path.of("target", "classes") + ":" + Path.of("target", "app").toAbsolutePath() + "/*";
    }

    Message.Ready ready() {
        return ready;
    }

    void send(Message message) throws IOException {
        writer.write(message);
    }

    /** The next message of any kind. */
    Message next() throws IOException {
        Message message = reader.read();
        if (message == null) {
            throw new IOException("The worker has closed the connection");
        }
        return message;
    }

    /** All that comes for {@code id} until its last reply. */
    List<Message> conversation() throws IOException {
        List<Message> messages = new ArrayList<>();
        while (true) {
            Message message = next();
            messages.add(message);
            if (message instanceof Message.Parsed
                    || message instanceof Message.Done
                    || message instanceof Message.Exported
                    || message instanceof Message.Materialized
                    || message instanceof Message.Previewed
                    || message instanceof Message.Loaded
                    || message instanceof Message.Previewed
                    || message instanceof Message.Failed) {
                return messages;
            }
        }
    }

    /** As a server that dies: the socket closes. */
    void disconnect() throws IOException {
        channel.close();
    }

    Message ask(Message request) throws IOException {
        send(request);
        return conversation().getLast();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        process.destroyForcibly();
    }
}
