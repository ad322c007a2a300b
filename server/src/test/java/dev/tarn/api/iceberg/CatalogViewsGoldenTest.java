package dev.tarn.api.iceberg;

import static dev.tarn.api.iceberg.CatalogClient.assertRefused;
import static dev.tarn.api.iceberg.CatalogClient.setting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import org.junit.jupiter.api.Test;

class CatalogViewsGoldenTest {
    private final RunningServer server = RunningServer.shared();
    private final CatalogClient admin = new CatalogClient(server, server.key());
    private final String namespace = admin.namespace();
    private final String views = "/namespaces/" + namespace + "/views";

    private String view(String name, String more) {
        return """
                {"name": "%s", "schema": %s, "properties": {}, "view-version": {"version-id": 1, "schema-id": 0,
                 "timestamp-ms": 1, "summary": {}, "default-namespace": ["%s"],
                 "representations": [{"type": "sql", "sql": "SELECT 7 AS n", "dialect": "duckdb"}]}%s}""".formatted(name, CatalogClient.SCHEMA, namespace, more);
    }

    @Test
    void aViewIsMadeReadChangedRenamedAndDropped() {
        Reply made = admin.post(views, view("v", ""));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertRefused(admin.post(views, view("v", "")), 409, "AlreadyExistsException");
        admin.table(namespace, "t");
        assertRefused(admin.post(views, view("t", "")), 409, "AlreadyExistsException");
        assertThat(admin.get(views).json().path("identifiers").toString())
                .isEqualTo("[{\"namespace\":[\"%s\"],\"name\":\"v\"}]".formatted(namespace));
        assertThat(admin.get(views + "/v").json().at("/metadata/view-uuid"))
                .isEqualTo(made.json().at("/metadata/view-uuid"));
        assertThat(server.post("/v1/sql/execute", "{\"statement\": \"SELECT n FROM iceberg." + namespace + ".v\"}")
                        .json()
                        .path("rows")
                        .toString())
                .isEqualTo("[{\"n\":7}]");
        assertThat(admin.post(views + "/v", setting("", "note", "x"))
                        .json()
                        .at("/metadata/properties/note")
                        .asString())
                .isEqualTo("x");
        assertThat(admin.head(views + "/v").status()).isEqualTo(204);
        assertRefused(admin.get(views + "/t"), 404, "NoSuchViewException");
        assertRefused(admin.get("/namespaces/" + namespace + "/tables/v"), 404, "NoSuchTableException");
        assertThat(admin.post(
                                "/views/rename",
                                "{\"source\": {\"namespace\": [\"%1$s\"], \"name\": \"v\"}, \"destination\": {\"namespace\": [\"%1$s\"], \"name\": \"w\"}}"
                                        .formatted(namespace))
                        .status())
                .isEqualTo(204);
        assertThat(admin.delete(views + "/w").status()).isEqualTo(204);
        assertRefused(admin.delete(views + "/w"), 404, "NoSuchViewException");
    }

    @Test
    void aViewIsWhereTheServerPutsIt() {
        String table = admin.get(admin.table(namespace, "files"))
                .json()
                .at("/metadata/location")
                .asString();
        assertRefused(
                admin.post(views, view("thief", ", \"location\": \"" + table + "\"")), 400, "BadRequestException");
        admin.post(views, view("mover", ""));
        assertRefused(
                admin.post(
                        views + "/mover",
                        "{\"requirements\": [], \"updates\": [{\"action\": \"set-location\", \"location\": \"" + table
                                + "\"}]}"),
                400,
                "BadRequestException");
    }
}
