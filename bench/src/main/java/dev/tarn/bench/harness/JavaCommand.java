package dev.tarn.bench.harness;

import java.nio.file.Path;

/** The JVM that runs us, for children. */
public final class JavaCommand {
    private JavaCommand() {}

    public static String executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
