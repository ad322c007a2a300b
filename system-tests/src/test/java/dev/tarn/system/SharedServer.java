package dev.tarn.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server for all test classes that only ask it: it gives them a {@link ServerUnderTest}. Each test names tables of its
 * own. Nobody stops, kills or fills this server, but workers may be killed.
 */
final class SharedServer implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ServerUnderTest.class;
    }

    @Override
    public ServerUnderTest resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedServer.class))
                .computeIfAbsent("server", key -> new Running(), Running.class)
                .server;
    }

    private static final class Running implements AutoCloseable {
        private final Path home;
        private final ServerUnderTest server;

        Running() {
            try {
                home = Files.createTempDirectory("tarn-system");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            // So little memory that reaching the limit takes no time.
            server = ServerUnderTest.start(ServerSetup.on(home).with("TARN_WORKERS_MEMORY", "1GB"));
        }

        @Override
        public void close() throws IOException {
            server.close();
            Files.walkFileTree(home, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}
