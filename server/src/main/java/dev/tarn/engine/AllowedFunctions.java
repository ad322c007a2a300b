package dev.tarn.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The functions that a statement may call: {@code allowed-functions.txt} beside this class. */
final class AllowedFunctions {
    private static final Set<String> NAMES = read();

    private AllowedFunctions() {}

    /** Whether a function of that name, in lower case, may be called. */
    static boolean contains(String name) {
        return NAMES.contains(name);
    }

    static Set<String> names() {
        return NAMES;
    }

    private static Set<String> read() {
        try (InputStream file =
                        Objects.requireNonNull(AllowedFunctions.class.getResourceAsStream("allowed-functions.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
