package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Flink, in batch mode, through our REST catalog: what it makes and writes, SQL reads, and back. */
@Tag("conformance")
@ExtendWith(SharedServer.class)
class FlinkCatalogTest {
    private final ServerUnderTest server;
    private final CatalogSql ours;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    FlinkCatalogTest(ServerUnderTest server) {
        this.server = server;
        ours = new CatalogSql(server.api());
    }

    @Test
    void whatFlinkDoesThroughTheCatalogSqlReadsAndBack() throws IOException, InterruptedException {
        try (SqlPeer flink = SqlPeer.start(folder.resolve("flink.log"), "flink-peer.sh", List.of())) {
            Pattern.compile(";\\s*")
                    .splitAsStream(EngineDocs.block("Flink", server))
                    .forEach(flink::rows);
            flink.rows("CREATE DATABASE flink");
            flink.rows("CREATE TABLE flink.made (id BIGINT, name STRING) PARTITIONED BY (name)");
            flink.rows("INSERT INTO flink.made VALUES (1, 'a'), (2, 'b'), (3, CAST(NULL AS STRING))");
            String query = "SELECT id, name FROM flink.made";
            ours.reads(query, flink.rows(query));
            ours.rows("INSERT INTO flink.made VALUES (4, 'b'), (5, 'c')");
            ours.rows("DELETE FROM flink.made WHERE id = 1");
            assertThat(flink.rows(query)).hasSize(4);
            ours.reads(query, flink.rows(query));
            flink.rows("INSERT OVERWRITE flink.made VALUES (6, 'b')");
            ours.reads(query, flink.rows(query));
            flink.rows("ALTER TABLE flink.made ADD (more INT)");
            flink.rows("INSERT INTO flink.made VALUES (7, 'd', 70)");
            ours.reads("SELECT * FROM flink.made", flink.rows("SELECT * FROM flink.made"));
            flink.rows("ALTER TABLE flink.made RENAME TO flink.renamed");
            ours.reads("SELECT * FROM flink.renamed", flink.rows("SELECT * FROM flink.renamed"));
            ours.rows("CREATE TABLE flink.ours AS SELECT i AS id, 'x' || i AS name FROM range(30) r(i)");
            ours.reads("SELECT * FROM flink.ours", flink.rows("SELECT * FROM flink.ours"));
            flink.rows("DROP TABLE flink.renamed");
            assertThat(flink.rows("SHOW TABLES IN flink")).containsExactly("ours");
        }
    }
}
