package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.SampleTables;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/namespaces} and {@code /tarn/v1/tables}. */
class CatalogGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    @Test
    void theTreeOfNamespacesTablesAndColumns() {
        String table = SampleTables.make(SERVER, "id,amount\n1,10.50\n2,\n");
        String namespace = table.split("\\.", -1)[1];

        JsonNode namespaces = SERVER.get("/tarn/v1/namespaces?limit=1000").json();
        assertThat(namespaces.get("namespaces").toString())
                .contains("{\"name\":\"%s\",\"table_count\":1}".formatted(namespace));
        assertThat(namespaces.has("next_cursor")).isTrue();

        JsonNode page = SERVER.get("/tarn/v1/tables?namespace=" + namespace).json();
        assertThat(page.get("tables")).hasSize(1);
        assertThat(List.copyOf(page.get("tables").get(0).propertyNames()))
                .containsExactly(
                        "name",
                        "namespace",
                        "table",
                        "kind",
                        "format",
                        "limited",
                        "row_count",
                        "size_bytes",
                        "file_count",
                        "snapshot_id",
                        "updated_at",
                        "description",
                        "tags");
        assertThat(page.get("next_cursor").isNull()).isTrue();

        JsonNode described = SERVER.get("/tarn/v1/tables/" + table).json();
        assertThat(described.get("name").asString()).isEqualTo(table);
        assertThat(described.get("kind").asString()).isEqualTo("table");
        assertThat(described.get("format").asString()).isEqualTo("iceberg");
        assertThat(described.get("row_count").asLong()).isEqualTo(2);
        assertThat(described.get("file_count").asLong()).isEqualTo(1);
        assertThat(described.get("size_bytes").asLong()).isPositive();
        assertThat(described.get("snapshot_id").isString()).isTrue();
        assertThat(described.get("columns"))
                .hasToString("[{\"name\":\"id\",\"type\":\"BIGINT\",\"nullable\":true,\"comment\":null},"
                        + "{\"name\":\"amount\",\"type\":\"DECIMAL(18,2)\",\"nullable\":true,\"comment\":null}]");
        JsonNode withColumns = SERVER.get("/tarn/v1/tables?include=columns&namespace=" + namespace)
                .json();
        assertThat(withColumns.get("tables").get(0)).isEqualTo(described);
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        for (int i = 0; i < 3; i++) {
            SampleTables.make(SERVER, "id\n1\n");
        }
        Set<String> seen = new HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = SERVER.get("/tarn/v1/namespaces?limit=2" + cursor).json();
            page.get("namespaces")
                    .forEach(namespace -> assertThat(
                                    seen.add(namespace.get("name").asString()))
                            .isTrue());
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asString();
            pages++;
        } while (!cursor.isEmpty());
        assertThat(pages).isGreaterThan(1);
        assertThat(seen).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aNameWithSlashesIsOneSegment() {
        String table = SampleTables.make(SERVER, "id\n1\n").replace(".events", ".\"a\\b/c\"");
        assertThat(SampleTables.load(SERVER, table, "create", "id\n1\n").status())
                .isEqualTo(200);

        RunningServer.Reply reply = SERVER.get("/tarn/v1/tables/" + table.replace("\"a\\b/c\"", "%22a%5Cb%2Fc%22"));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().get("table").asString()).isEqualTo("a\\b/c");
    }

    @Test
    void whatIsNotThereIsToldApart() {
        assertThat(SERVER.get("/tarn/v1/tables/nowhere.t").json().get("code").asString())
                .isEqualTo("unknown_namespace");
        String namespace = SampleTables.make(SERVER, "id\n1\n").split("\\.", -1)[1];
        assertThat(SERVER.get("/tarn/v1/tables/" + namespace + ".t")
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("unknown_table");
        assertThat(SERVER.get("/tarn/v1/tables?include=rows").status()).isEqualTo(400);
        assertThat(SERVER.get("/tarn/v1/tables?limit=0").status()).isEqualTo(400);
        assertThat(SERVER.get("/tarn/v1/tables?cursor=nonsense").status()).isEqualTo(400);
    }
}
