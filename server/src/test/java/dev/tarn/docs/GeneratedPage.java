package dev.tarn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of {@code docs/} that must be what the code says; {@code -Dtarn.docs.write=true} writes it. */
public final class GeneratedPage {
    private GeneratedPage() {}

    /** Compares, or writes when told to. */
    public static void check(String name, String content) throws IOException {
        Path page = Path.of("..", "docs").resolve(name);
        if (Boolean.getBoolean("tarn.docs.write")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, content);
        }
        assertThat(page)
                .as("docs/%s is stale: write it anew with ./build docs", name)
                .hasContent(content);
    }
}
