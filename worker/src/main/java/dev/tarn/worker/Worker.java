package dev.tarn.worker;

import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The child process: {@code Worker <socket> <scratch folder> <folder of files>...}. It may be killed at any moment; the server keeps nothing in it
 * that it cannot do without.
 */
final class Worker {
    private Worker() {}

    public static void main(String[] arguments) {
        // Arrow asks for a logger; a worker has none, and the warning about it would be noise.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
            List<Path> folders = Stream.of(arguments).skip(2).map(Path::of).toList();
            new Session(channel, Path.of(arguments[1]), folders).serve();
        } catch (Throwable e) {
            die(e);
        }
        // Without waiting for a task: nobody is left to hear its end.
        Runtime.getRuntime().halt(0);
    }

    @SuppressWarnings("SystemOut") // Standard error is all that a dying worker has left to speak through.
    static void die(Throwable reason) {
        System.err.println("The worker ends: " + reason);
        Runtime.getRuntime().halt(1);
    }
}
