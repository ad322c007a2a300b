package dev.tarn.platform.workers;

import dev.tarn.platform.Home;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Real worker processes of the build under test. */
public final class TestWorkers {
    private TestWorkers() {}

    /** A pool of two workers with 512 MB each. */
    public static WorkerPool start(Path folder) {
        return start(folder, 2, 512L << 20);
    }

    /** A pool with its own home in {@code folder}. */
    public static WorkerPool start(Path folder, int maximum, long memoryBytes) {
        Path application =
                Path.of("..", "worker", "target", "app").toAbsolutePath().normalize();
        return new WorkerPool(
                application,
                Home.open(folder.resolve("home")),
                List.of(folder),
                Clock.systemUTC(),
                new WorkerLimits(maximum, memoryBytes, 2, 512L << 20));
    }
}
