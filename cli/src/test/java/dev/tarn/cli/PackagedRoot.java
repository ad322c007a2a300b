package dev.tarn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** A folder laid out as a built clone is, whose server is the test's. */
final class PackagedRoot {
    private static final Path OWN_JAR = Path.of("tarn-cli-0.1.0.jar");

    private PackagedRoot() {}

    static Path in(Path root) throws IOException {
        Path server = Files.createDirectories(root.resolve("server/target/app"));
        Path cli = Files.createDirectories(root.resolve("cli/target/app"));
        Files.writeString(root.resolve("server/jvm.options"), "-XX:+UseSerialGC\n");
        Path built = Path.of("target").toAbsolutePath();
        try (Stream<Path> libraries = Files.list(built.resolve("app"))) {
            // Not our own jar of an earlier build: its classes are taken from where this build has put them.
            for (Path library : libraries.filter(jar -> !jar.endsWith(OWN_JAR)).toList()) {
                Files.copy(library, cli.resolve(library.getFileName()));
                Files.copy(library, server.resolve(library.getFileName()));
            }
        }
        jar(built.resolve("classes"), cli.resolve("classes.jar"));
        jar(built.resolve("classes"), server.resolve("classes.jar"));
        jar(built.resolve("test-classes"), server.resolve("server.jar"));
        return root;
    }

    private static void jar(Path classes, Path jar) {
        ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
        int status =
                tool.run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        if (status != 0) {
            throw new IllegalStateException("jar failed for " + classes);
        }
    }
}
