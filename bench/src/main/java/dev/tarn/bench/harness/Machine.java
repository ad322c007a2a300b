package dev.tarn.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where figures come from. */
public final class Machine {
    private Machine() {}

    public static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    public static long memoryBytes() throws IOException {
        return 1024 * Long.parseLong(after("/proc/meminfo", "MemTotal:").replace(" kB", ""));
    }

    /** One minute's load: above the benchmark's own share, others were at work beside it. */
    public static String load() throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg"));
        return load.substring(0, load.indexOf(' '));
    }

    public static String description() throws IOException {
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %.0f GB of memory, Linux %s, Java %s",
                cores(),
                after("/proc/cpuinfo", "model name"),
                memoryBytes() / 1e9,
                System.getProperty("os.version"),
                Runtime.version());
    }

    private static String after(String file, String label) throws IOException {
        return Files.readString(Path.of(file))
                .lines()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
