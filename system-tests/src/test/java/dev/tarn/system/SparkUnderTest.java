package dev.tarn.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Spark on the tables of one server's first tenant (peers/spark). */
final class SparkUnderTest implements AutoCloseable {
    private final SqlPeer peer;

    private SparkUnderTest(SqlPeer peer) {
        this.peer = peer;
    }

    /** Through the server's REST catalog, configured as docs/engines.md says. */
    static SparkUnderTest throughCatalog(ServerUnderTest server, Path log) throws IOException, InterruptedException {
        List<String> settings = Pattern.compile("--conf (\\S+=\\S+)")
                .matcher(EngineDocs.block("Spark", server))
                .results()
                .map(setting -> setting.group(1))
                .toList();
        return new SparkUnderTest(SqlPeer.start(log, "spark-peer.sh", settings));
    }

    /** Through Iceberg's JDBC catalog on the server's database. */
    static SparkUnderTest start(ServerUnderTest server, Path log) throws IOException, InterruptedException {
        String tenant = server.credentials().path("tenant_id").asString();
        String url = server.setup().databaseUrl();
        return new SparkUnderTest(SqlPeer.start(
                log,
                "spark-peer.sh",
                List.of(
                        url
                                + (url.contains("?") ? "&" : "?")
                                + (url.startsWith("jdbc:sqlite") ? "busy_timeout=20000" : "ApplicationName=spark"),
                        server.setup().warehouse().resolve(tenant).toString(),
                        tenant,
                        "2")));
    }

    /** Each row's values as text, joined; NULL is null. */
    List<String> rows(String sql) {
        return peer.rows(sql);
    }

    @Override
    public void close() {
        peer.close();
    }
}
