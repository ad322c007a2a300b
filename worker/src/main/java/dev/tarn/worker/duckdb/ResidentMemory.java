package dev.tarn.worker.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of this process is in memory now. */
public final class ResidentMemory {
    private static final Path PAGES = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4_096;

    private ResidentMemory() {}

    /** 0 where nothing says it. */
    public static long bytes() {
        try {
            return Long.parseLong(Files.readString(PAGES).split(" ", 3)[1]) * PAGE_BYTES;
        } catch (IOException e) {
            return 0;
        }
    }
}
