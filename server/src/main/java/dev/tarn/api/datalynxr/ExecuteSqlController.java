package dev.tarn.api.datalynxr;

import dev.tarn.access.Caller;
import dev.tarn.access.Workspaces;
import dev.tarn.api.Clients;
import dev.tarn.api.Contract;
import dev.tarn.api.JsonBody;
import dev.tarn.api.StatementOptions;
import dev.tarn.engine.QueryResult;
import dev.tarn.engine.ResultColumn;
import dev.tarn.platform.TarnException;
import dev.tarn.sql.StatementOutcome;
import dev.tarn.sql.StatementRequest;
import dev.tarn.sql.Statements;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/** {@code POST /v1/sql/execute}. */
@RestController
class ExecuteSqlController {
    private final Statements statements;
    private final Workspaces workspaces;
    private final Clients clients;
    private final JsonBody json;

    ExecuteSqlController(Statements statements, Workspaces workspaces, Clients clients, JsonBody json) {
        this.statements = statements;
        this.clients = clients;
        this.workspaces = workspaces;
        this.json = json;
    }

    /** The request; null fields are as absent. */
    record ExecuteRequest(
            @Nullable String workspace,
            @Nullable String statement,
            @Nullable Long timeoutMs,
            @Nullable String catalog,
            @Nullable String schema) {
        StatementRequest toRequest() {
            return StatementOptions.request(
                    Optional.<UUID>empty(), Contract.DATALYNXR, statement, null, catalog, schema, timeoutMs);
        }
    }

    @PostMapping("/v1/sql/execute")
    void execute(Caller caller, @RequestBody ExecuteRequest request, HttpServletResponse response) throws IOException {
        Caller inWorkspace = workspaces.named(caller, request.workspace());
        try (StatementOutcome outcome =
                clients.whileThere(request.toRequest(), wanted -> statements.execute(inWorkspace, wanted))) {
            json.write(response, generator -> write(generator, outcome));
        } catch (TarnException e) {
            throw e.with("query_id", QueryId.of(e).orElse(null));
        }
    }

    private static void write(JsonGenerator json, StatementOutcome outcome) {
        json.writeStartObject();
        json.writeStringProperty("query_id", QueryId.text(outcome.id()));
        json.writeStringProperty("status", "completed");
        json.writeArrayPropertyStart("rows");
        outcome.result().writeRows(json, QueryResult.RowShape.OBJECT);
        json.writeEndArray();
        json.writeArrayPropertyStart("columns");
        for (ResultColumn column : outcome.result().columns()) {
            json.writePOJO(column);
        }
        json.writeEndArray();
        json.writeNumberProperty("elapsed_ms", outcome.elapsedMs());
        json.writeNumberProperty("bytes_scanned", outcome.result().reading().bytesScanned());
        json.writeEndObject();
    }
}
