package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.access.Workspaces;
import dev.tarn.api.Clients;
import dev.tarn.api.Contract;
import dev.tarn.api.JsonBody;
import dev.tarn.api.PathId;
import dev.tarn.api.StatementOptions;
import dev.tarn.engine.Explanation;
import dev.tarn.engine.QueryResult;
import dev.tarn.engine.ResultColumn;
import dev.tarn.sql.StatementOutcome;
import dev.tarn.sql.StatementRequest;
import dev.tarn.sql.Statements;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Statements of the console and the command line: rows as lists, and an id of the client's own to cancel by. */
@RestController
class StatementsController {
    private final Statements statements;
    private final Workspaces workspaces;
    private final Clients clients;
    private final JsonBody json;

    StatementsController(Statements statements, Workspaces workspaces, Clients clients, JsonBody json) {
        this.statements = statements;
        this.clients = clients;
        this.workspaces = workspaces;
        this.json = json;
    }

    /** The request; null fields are as absent. */
    record RunRequest(
            @Nullable UUID id,
            @Nullable String statement,
            @Nullable JsonNode parameters,
            @Nullable String workspace,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable Long timeoutMs) {
        StatementRequest toRequest() {
            return StatementOptions.request(
                    Optional.ofNullable(id), Contract.TARN, statement, parameters, catalog, schema, timeoutMs);
        }
    }

    @PostMapping("/tarn/v1/statements")
    void run(Caller caller, @RequestBody RunRequest request, HttpServletResponse response) throws IOException {
        Caller inWorkspace = workspaces.named(caller, request.workspace());
        try (StatementOutcome outcome =
                clients.whileThere(request.toRequest(), wanted -> statements.execute(inWorkspace, wanted))) {
            json.write(response, generator -> write(generator, outcome));
        }
    }

    @PostMapping("/tarn/v1/statements/explain")
    Explanation explain(Caller caller, @RequestBody RunRequest request) {
        Caller inWorkspace = workspaces.named(caller, request.workspace());
        return clients.whileThere(request.toRequest(), wanted -> statements.explain(inWorkspace, wanted));
    }

    @DeleteMapping("/tarn/v1/statements/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(Caller caller, @PathVariable String id) {
        statements.cancel(caller, PathId.of("statement", id));
    }

    private static void write(JsonGenerator json, StatementOutcome outcome) {
        json.writeStartObject();
        json.writeStringProperty("id", outcome.id().toString());
        json.writeStringProperty("status", "completed");
        json.writeArrayPropertyStart("columns");
        for (ResultColumn column : outcome.result().columns()) {
            json.writePOJO(column);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("rows");
        outcome.result().writeRows(json, QueryResult.RowShape.ARRAY);
        json.writeEndArray();
        json.writeNumberProperty("row_count", outcome.result().rowCount());
        json.writeNumberProperty("elapsed_ms", outcome.elapsedMs());
        json.writeNumberProperty("bytes_scanned", outcome.result().reading().bytesScanned());
        json.writeNumberProperty("files_planned", outcome.result().reading().filesPlanned());
        json.writeNumberProperty("files_total", outcome.result().reading().filesTotal());
        json.writeEndObject();
    }
}
