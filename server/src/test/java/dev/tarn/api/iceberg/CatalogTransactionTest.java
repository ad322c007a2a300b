package dev.tarn.api.iceberg;

import static dev.tarn.api.iceberg.CatalogClient.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogTransactionTest {
    private final RunningServer server = RunningServer.shared();
    private final CatalogClient admin = new CatalogClient(server, server.key());
    private final String namespace = admin.namespace();

    private String change(String table, String requirement) {
        return """
                {"identifier": {"namespace": ["%s"], "name": "%s"}, "requirements": [%s],
                 "updates": [{"action": "set-properties", "updates": {"note": "%s"}}]}""".formatted(namespace, table, requirement, table);
    }

    private static String all(String... changes) {
        return "{\"table-changes\": [" + Stream.of(changes).collect(Collectors.joining(",")) + "]}";
    }

    private boolean isChanged(String table) {
        return admin.get("/namespaces/" + namespace + "/tables/" + table)
                .json()
                .at("/metadata/properties")
                .has("note");
    }

    @Test
    void allTablesChangeOrNone() {
        for (String table : List.of("a", "b", "c")) {
            admin.table(namespace, table);
        }
        String fails = "{\"type\": \"assert-table-uuid\", \"uuid\": \"00000000-0000-0000-0000-000000000001\"}";
        assertRefused(
                admin.post("/transactions/commit", all(change("a", ""), change("b", ""), change("c", fails))),
                409,
                "CommitFailedException");
        assertRefused(
                admin.post("/transactions/commit", all(change("a", ""), change("missing", ""))),
                404,
                "NoSuchTableException");
        assertThat(isChanged("a") || isChanged("b") || isChanged("c")).isFalse();

        assertThat(admin.post("/transactions/commit", all(change("a", ""), change("b", ""), change("c", "")))
                        .status())
                .isEqualTo(204);
        assertThat(isChanged("a") && isChanged("b") && isChanged("c")).isTrue();
    }
}
