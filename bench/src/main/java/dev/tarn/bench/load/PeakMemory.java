package dev.tarn.bench.load;

import dev.tarn.bench.harness.BenchmarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The largest resident set that any child of a process ever had, by {@code VmHWM} of {@code /proc}, looked at often. */
final class PeakMemory implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 100;

    private final AtomicLong peakKilobytes = new AtomicLong();
    private final Thread watcher;

    private PeakMemory(long parent) {
        this.watcher = Thread.ofVirtual().start(() -> watch(parent));
    }

    static PeakMemory ofChildrenOf(long parent) {
        return new PeakMemory(parent);
    }

    double megabytes() throws BenchmarkException {
        if (peakKilobytes.get() == 0) {
            throw new BenchmarkException("No worker process was seen");
        }
        return peakKilobytes.get() / 1024.0;
    }

    private void watch(long parent) {
        try {
            while (true) {
                ProcessHandle.of(parent).stream()
                        .flatMap(ProcessHandle::children)
                        .mapToLong(child -> highWater(child.pid()))
                        .forEach(seen -> peakKilobytes.accumulateAndGet(seen, Math::max));
                Thread.sleep(LOOK_EVERY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long highWater(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            return 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            // It ended while it was read.
            return 0;
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
