package dev.tarn.api.drls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract's table {@code events} in a namespace of its own, and the calls to it as a client of DRLS makes them. */
final class DrlsTable {
    static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String namespace = "t" + UUID.randomUUID().toString().replace("-", "");

    /** Makes one with those columns, in words of SQL. */
    static DrlsTable with(String columns) {
        DrlsTable table = new DrlsTable();
        table.sql("CREATE SCHEMA " + table.namespace);
        table.sql("CREATE TABLE " + table.path() + " (" + columns + ")");
        return table;
    }

    String namespace() {
        return namespace;
    }

    /** As paths have it. */
    String path() {
        return namespace + ".events";
    }

    /** As bodies have it. */
    String name() {
        return "drls." + path();
    }

    JsonNode sql(String statement) {
        Reply reply = SERVER.post(
                "/v1/sql/execute",
                JSON.writeValueAsString(JSON.createObjectNode().put("statement", statement)));
        assertThat(reply.status()).as(statement + " -> " + reply.body()).isEqualTo(200);
        return reply.json().get("rows");
    }

    /** Posts the contract's own body, with this table in the place of its table. */
    Reply post(String path, String body) {
        return SERVER.post(path, body.replace("drls.db.events", name()));
    }

    /** The same, which must be done; what it answers in the shape of the contract's own answer. */
    JsonNode done(String path, String operation, String body) {
        Reply reply = post(path, body);
        assertThat(reply.status()).as(path + " -> " + reply.body()).isEqualTo(200);
        JsonNode json = reply.json();
        assertThat(List.copyOf(json.propertyNames())).containsExactly("success", "operation", "table", "details_json");
        assertThat(json.get("success").asBoolean()).isTrue();
        assertThat(json.get("operation").asString()).isEqualTo(operation);
        assertThat(json.get("table").asString()).isEqualTo(name());
        assertThat(json.get("details_json").isString()).isTrue();
        JsonNode details = JSON.readTree(json.get("details_json").asString());
        assertThat(details.has("job_id")).isTrue();
        return details;
    }

    /** A call that must be refused with that status, in the contract's shape. */
    static String refused(Reply reply, int status) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(List.copyOf(reply.json().propertyNames())).containsExactly("success", "error");
        assertThat(reply.json().get("success").asBoolean()).isFalse();
        return reply.json().get("error").asString();
    }

    /** The columns as the schema call shows them. */
    JsonNode columns() {
        Reply reply = SERVER.get("/api/table/" + path() + "/schema");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().get("columns");
    }
}
