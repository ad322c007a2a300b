package dev.tarn.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code docs/benchmarks.md}: a section a benchmark, between markers, so that each can be written again by itself. */
public final class Report {
    private static final String HEAD = """
            # Benchmarks

            Written by `./build bench NAME`; do not edit, except for a section that says how it came about. Each section is one run on
            one machine, with a peer beside us in the same minutes where there is one. A ratio is ours divided by the peer's: below 1.00
            we needed less.
            """;

    private final Path file;

    public Report(Path root) {
        this.file = root.resolve("docs/benchmarks.md");
    }

    /** Replaces the section of that name, or adds it at the end. */
    public void write(String section, String markdown) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : HEAD;
        Files.createDirectories(file.getParent());
        Files.writeString(file, replaced(text, section, markdown));
    }

    public Path file() {
        return file;
    }

    static String replaced(String text, String section, String markdown) {
        String begin = "<!-- benchmark " + section + " begin -->";
        String end = "<!-- benchmark " + section + " end -->";
        String fresh = begin + "\n" + markdown.strip() + "\n" + end;
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            return text.stripTrailing() + "\n\n" + fresh + "\n";
        }
        return text.substring(0, from) + fresh + text.substring(to + end.length());
    }
}
