package dev.tarn.system;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server on PostgreSQL for Iceberg's compatibility kit, which reads where it is from the system's properties, and for who asks
 * for it. The kit wants tables in /tmp, so that is a folder that the operator has granted.
 */
final class PostgresKitServer implements BeforeAllCallback, ParameterResolver {
    static {
        // Before any extension of the kit's asks: it would start a server of its own.
        System.setProperty("rck.local", "false");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ServerUnderTest server = server(context);
        System.setProperty("uri", server.url() + "/iceberg");
        System.setProperty("token", server.credentials().path("key").asString());
        System.setProperty("warehouse", "iceberg");
        System.setProperty("rest.client.max-retries", "1");
        System.setProperty("rck.requires-namespace-create", "true");
        System.setProperty("rck.supports-nested-namespaces", "true");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ServerUnderTest.class;
    }

    @Override
    public ServerUnderTest resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context);
    }

    private static ServerUnderTest server(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(PostgresKitServer.class))
                .computeIfAbsent("server", key -> new Running(), Running.class)
                .server;
    }

    private static final class Running implements AutoCloseable {
        private final EmbeddedPostgres postgres;
        private final ServerUnderTest server;

        Running() {
            try {
                Path folder = Files.createTempDirectory("tarn-kit");
                postgres = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                server = ServerUnderTest.start(ServerSetup.on(folder.resolve("home"))
                        .sharing(postgres.getJdbcUrl("postgres", "postgres"), folder.resolve("warehouse"))
                        .with("TARN_STORAGE_ROOTS", "/tmp"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            postgres.close();
        }
    }
}
