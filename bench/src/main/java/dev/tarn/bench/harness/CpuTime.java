package dev.tarn.bench.harness;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * CPU time of a process with all that it ever started: the living, and those that ended, whose time the kernel adds to
 * their parent when it has waited for them. Only a child that outlives its parent would escape; nothing here does that.
 */
public final class CpuTime {
    /** USER_HZ, which is 100 on every Linux that runs a JDK, whatever the kernel's own tick is. */
    private static final long TICKS_PER_SECOND = 100;

    private static final int ATTEMPTS = 20;

    private final Path proc;

    CpuTime(Path proc) {
        this.proc = proc;
    }

    public static CpuTime ofThisMachine() {
        return new CpuTime(Path.of("/proc"));
    }

    /** Seconds of user and system time so far, in steps of 10 ms. */
    public double seconds(long pid) throws IOException {
        // A child that ends between two reads would be counted twice or not at all: read until two pictures agree.
        Map<Long, ProcessTimes> before = family(pid);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<Long, ProcessTimes> after = family(pid);
            if (sameMembers(before, after)) {
                return after.values().stream().mapToLong(ProcessTimes::all).sum() / (double) TICKS_PER_SECOND;
            }
            before = after;
        }
        throw new IOException("Processes under " + pid + " come and go too fast to be counted");
    }

    private static boolean sameMembers(Map<Long, ProcessTimes> before, Map<Long, ProcessTimes> after) {
        return before.keySet().equals(after.keySet())
                && before.entrySet().stream()
                        .allMatch(entry -> after.containsKey(entry.getKey())
                                && after.getOrDefault(entry.getKey(), entry.getValue())
                                                .ended()
                                        == entry.getValue().ended());
    }

    private Map<Long, ProcessTimes> family(long pid) throws IOException {
        Map<Long, ProcessTimes> all = living();
        ProcessTimes eldest = all.get(pid);
        if (eldest == null) {
            throw new IOException("Process " + pid + " is gone");
        }
        Map<Long, ProcessTimes> family = new HashMap<>(Map.of(pid, eldest));
        Deque<Long> parents = new ArrayDeque<>(family.keySet());
        while (!parents.isEmpty()) {
            long parent = parents.remove();
            all.forEach((child, times) -> {
                if (times.parent() == parent && family.putIfAbsent(child, times) == null) {
                    parents.add(child);
                }
            });
        }
        return family;
    }

    private Map<Long, ProcessTimes> living() throws IOException {
        Map<Long, ProcessTimes> living = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                try {
                    living.put(
                            Long.parseLong(process.getFileName().toString()),
                            ProcessTimes.parse(Files.readString(process.resolve("stat"))));
                } catch (IOException e) {
                    // It ended since the folder was listed.
                }
            }
        }
        return living;
    }
}
