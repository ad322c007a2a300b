package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Statements of one client over HTTP, in a schema of its own: {@code $s} stands for that, and {@code $t} for a table of it. */
final class SqlSession {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RunningServer server;
    private final String space = "q" + UUID.randomUUID().toString().replace("-", "");

    SqlSession(RunningServer server) {
        this.server = server;
    }

    /** The full name of a table of the schema. */
    String table(String name) {
        return "iceberg." + space + "." + name;
    }

    static String body(String sql) {
        return JSON.writeValueAsString(JSON.createObjectNode().put("statement", sql));
    }

    String text(String sql) {
        return sql.replace("$t", table("t")).replace("$s", "iceberg." + space);
    }

    Reply sql(String sql) {
        return server.post("/v1/sql/execute", body(text(sql)));
    }

    Reply done(String sql) {
        Reply reply = sql(sql);
        assertThat(reply.status()).as(sql + ": " + reply.body()).isEqualTo(200);
        return reply;
    }

    long written(String sql) {
        return done(sql).json().at("/rows/0/num_affected_rows").asLong(-1);
    }

    /** Rows as one text: values with commas, rows with bars. */
    String rows(String query) {
        StringBuilder text = new StringBuilder();
        done(query).json().get("rows").forEach(row -> {
            text.append(text.isEmpty() ? "" : "|");
            StringBuilder line = new StringBuilder();
            row.forEach(value -> line.append(line.isEmpty() ? "" : ",").append(value.asString("null")));
            text.append(line);
        });
        return text.toString();
    }

    /** The code and the message of what must be refused. */
    String failed(String sql, int status) {
        Reply reply = sql(sql);
        assertThat(reply.status()).as(sql + ": " + reply.body()).isEqualTo(status);
        return reply.json().at("/error/code").asString() + " "
                + reply.json().at("/error/message").asString();
    }
}
