package dev.tarn.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configurations of docs/engines.md, which tests use as they are. */
final class EngineDocs {
    private static final Path PAGE = Path.of(System.getProperty("tarn.root")).resolve("docs/engines.md");

    private EngineDocs() {}

    /** The first block of an engine's chapter. */
    static String block(String engine) throws IOException {
        Matcher found = Pattern.compile("\n## " + Pattern.quote(engine) + "\n.*?```[a-z]*\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        if (!found.find()) {
            throw new AssertionError(PAGE + " has no block of " + engine);
        }
        return found.group(1);
    }

    /** The same with a server's address and key in place of the page's. */
    static String block(String engine, ServerUnderTest server) throws IOException {
        return block(engine)
                .replace("http://HOST:8080", server.url().toString())
                .replaceAll(
                        "\\$TARN_KEY|\\bKEY\\b",
                        server.credentials().path("key").asString());
    }
}
