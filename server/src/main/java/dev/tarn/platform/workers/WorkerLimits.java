package dev.tarn.platform.workers;

import java.lang.management.ManagementFactory;

/**
 * The settings in force on this machine.
 *
 * @param maximum how many workers may be busy at once
 * @param memoryBytes the engine's memory limit of one task
 * @param threads the engine's threads in one task
 * @param recycleAboveBytes a worker that holds more and has had no task for a while is replaced
 */
record WorkerLimits(int maximum, long memoryBytes, int threads, long recycleAboveBytes) {
    private static final long LEAST_MEMORY = 256L << 20;
    private static final long NATIVE_OVERHEAD = 256L << 20;

    static WorkerLimits of(WorkerSettings settings) {
        int cores = Runtime.getRuntime().availableProcessors();
        long memory = settings.memory().toBytes();
        if (memory == 0) {
            memory = machineMemory() / 2 / cores;
        }
        return new WorkerLimits(
                settings.maximum() > 0 ? settings.maximum() : cores + 3,
                Math.max(memory, LEAST_MEMORY),
                cores,
                settings.recycleAbove().toBytes());
    }

    /** What the kernel lets a worker map beyond what it had at its start: DuckDB overshoots its own limit a little. */
    long addressSpaceBytes() {
        return memoryBytes + memoryBytes / 4 + NATIVE_OVERHEAD;
    }

    /** What a worker may still hold after a task. */
    long residentBytes() {
        return memoryBytes + NATIVE_OVERHEAD;
    }

    private static long machineMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : 4L << 30;
    }
}
