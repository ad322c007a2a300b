package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFencesTest {
    @TempDir
    Path folder;

    /** What each of the ways out comes to, in a thread of its own: fences stay. */
    private List<String> inside(boolean fenced, int port) throws InterruptedException {
        List<String> met = new ArrayList<>();
        List<String> raised = within(fenced, () -> {
            met.add(outcome(() -> new Socket(InetAddress.getLoopbackAddress(), port).close()));
            met.add(outcome(() -> DatagramChannel.open().close()));
            met.add(outcome(() -> new ServerSocket(0).close()));
            met.add(outcome(() -> new ProcessBuilder("/bin/true").start().waitFor()));
            Thread child = new Thread(
                    () -> met.add(outcome(() -> DatagramChannel.open().close())));
            child.start();
            try {
                child.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        met.addAll(raised);
        return met;
    }

    private List<String> within(boolean fenced, Runnable work) throws InterruptedException {
        List<String> raised = new ArrayList<>();
        Thread thread = new Thread(() -> {
            if (fenced) {
                // The classes of this test are loaded behind the fence.
                Path classes = Path.of("target").toAbsolutePath();
                raised.addAll(KernelFences.raise(List.of(folder.resolve("tasks"), classes)));
            }
            work.run();
        });
        thread.start();
        thread.join();
        return raised;
    }

    private static void look(Path folder) throws IOException {
        try (DirectoryStream<Path> _ = Files.newDirectoryStream(folder)) {
            // That is all.
        }
    }

    private interface Way {
        void out() throws Exception;
    }

    private static String outcome(Way way) {
        try {
            way.out();
            return "open";
        } catch (Exception e) {
            return "closed";
        }
    }

    @Test
    void theKernelRefusesSocketsAndPrograms() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("tasks"));
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(inside(false, server.getLocalPort())).containsExactly("open", "open", "open", "open", "open");
            List<String> fenced = inside(true, server.getLocalPort());
            Assumptions.assumeTrue(fenced.contains("seccomp"), "This kernel has no seccomp");
            assertThat(fenced.subList(0, 5)).containsOnly("closed");
            new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()).close();
        }
    }

    @Test
    void theKernelRefusesFilesElsewhere() throws IOException, InterruptedException {
        Path tasks = Files.createDirectories(folder.resolve("tasks"));
        Path own = Files.writeString(tasks.resolve("own"), "1");
        Path secret = Files.writeString(folder.resolve("secret"), "2");
        Path link = Files.createSymbolicLink(tasks.resolve("link"), secret);
        Way[] allowed = {
            () -> Files.readString(own),
            () -> Files.writeString(tasks.resolve("new"), "3"),
            () -> Files.move(tasks.resolve("new"), tasks.resolve("moved")),
            () -> Files.delete(tasks.resolve("moved")),
            () -> Files.createDirectories(tasks.resolve("a/b")),
            () -> Files.readString(Path.of("/proc/self/statm")),
            () -> Files.readString(Path.of("/proc/meminfo"))
        };
        Way[] refused = {
            () -> Files.readString(secret),
            () -> Files.readString(link),
            () -> Files.writeString(link, "4"),
            () -> Files.writeString(folder.resolve("fresh"), "5"),
            () -> Files.move(own, folder.resolve("out")),
            () -> Files.createLink(tasks.resolve("in"), secret),
            () -> Files.createSymbolicLink(tasks.resolve("more"), secret),
            () -> Files.delete(secret),
            () -> look(folder),
            () -> look(Path.of("/")),
            () -> Files.readString(Path.of("/etc/passwd")),
            () -> Files.readString(Path.of("/proc/self/environ")),
            () -> Files.readString(Path.of("/proc/1/cmdline"))
        };
        List<String> met = new ArrayList<>();
        List<String> raised = within(true, () -> {
            for (Way way : allowed) {
                met.add(outcome(way));
            }
            for (Way way : refused) {
                met.add(outcome(way));
            }
        });
        assertThat(met).hasSize(allowed.length + refused.length);
        Assumptions.assumeTrue(raised.contains("landlock"), "This kernel has no Landlock");
        assertThat(met.subList(0, allowed.length)).containsOnly("open");
        assertThat(met.subList(allowed.length, met.size()))
                .hasSize(refused.length)
                .containsOnly("closed");
        assertThat(Files.readString(secret)).isEqualTo("2");
    }
}
