package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class KernelFencesTest {
    /** What each of the ways out comes to, in a thread of its own: fences stay. */
    private static List<String> inside(boolean fenced, int port) throws InterruptedException {
        List<String> met = new ArrayList<>();
        AtomicReference<List<String>> raised = new AtomicReference<>(List.of());
        Thread thread = new Thread(() -> {
            if (fenced) {
                raised.set(KernelFences.raise());
            }
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
        thread.start();
        thread.join();
        met.addAll(raised.get());
        return met;
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
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(inside(false, server.getLocalPort())).containsExactly("open", "open", "open", "open", "open");
            List<String> fenced = inside(true, server.getLocalPort());
            Assumptions.assumeTrue(fenced.contains("seccomp"), "This kernel has no seccomp");
            assertThat(fenced.subList(0, 5)).containsOnly("closed");
            new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()).close();
        }
    }
}
