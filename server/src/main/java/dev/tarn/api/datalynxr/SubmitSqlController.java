package dev.tarn.api.datalynxr;

import dev.tarn.access.Caller;
import dev.tarn.access.Workspaces;
import dev.tarn.api.Answer;
import dev.tarn.api.Contract;
import dev.tarn.api.IdempotentRequests;
import dev.tarn.api.JsonBody;
import dev.tarn.api.StatementOptions;
import dev.tarn.engine.KeptResult;
import dev.tarn.engine.QueryResult;
import dev.tarn.engine.ResultColumn;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.sql.StatementRequest;
import dev.tarn.sql.SubmittedStatement;
import dev.tarn.sql.SubmittedStatements;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/sql/submit} and what becomes of it. */
@RestController
class SubmitSqlController {
    private final SubmittedStatements statements;
    private final Workspaces workspaces;
    private final IdempotentRequests idempotent;
    private final JsonMapper mapper;
    private final JsonBody json;

    SubmitSqlController(
            SubmittedStatements statements,
            Workspaces workspaces,
            IdempotentRequests idempotent,
            JsonMapper mapper,
            JsonBody json) {
        this.statements = statements;
        this.workspaces = workspaces;
        this.idempotent = idempotent;
        this.mapper = mapper;
        this.json = json;
    }

    /** The request; null fields are as absent. */
    record SubmitRequest(
            @Nullable String workspace,
            @Nullable String statement,
            @Nullable Long timeoutMs,
            @Nullable String catalog,
            @Nullable String schema) {
        StatementRequest toRequest() {
            long timeout = timeoutMs == null ? SubmittedStatements.DEFAULT_TIMEOUT.toMillis() : timeoutMs;
            return StatementOptions.request(
                    Optional.<UUID>empty(), Contract.DATALYNXR, statement, null, catalog, schema, timeout);
        }
    }

    /** Where a statement stands. */
    record Standing(String queryId, String status) {}

    @PostMapping("/v1/sql/submit")
    ResponseEntity<String> submit(
            Caller caller,
            @RequestBody SubmitRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        Caller inWorkspace = workspaces.named(caller, request.workspace());
        String hash = IdempotentRequests.hash("POST /v1/sql/submit", mapper.writeValueAsString(request));
        try {
            Answer answer = idempotent.once(
                    caller,
                    idempotencyKey,
                    hash,
                    early -> accepted(
                            statements.submit(inWorkspace, request.toRequest(), id -> early.accept(accepted(id)))));
            return ResponseEntity.status(answer.status())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(answer.body().orElse(""));
        } catch (TarnException e) {
            throw e.with("query_id", QueryId.of(e).orElse(null));
        }
    }

    private Answer accepted(UUID id) {
        return Answer.of(202, mapper.writeValueAsString(new Standing(QueryId.text(id), "queued")));
    }

    @GetMapping("/v1/sql/queries/{query_id}")
    void find(
            Caller caller,
            @PathVariable("query_id") String queryId,
            @RequestParam(name = "page_token", required = false) @Nullable String pageToken,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        ResultFormat format = ResultFormat.accepted(accept);
        try {
            SubmittedStatement statement = statements.find(caller, QueryId.parse(queryId));
            if (format == ResultFormat.JSON) {
                long from = firstRow(pageToken, statement);
                json.write(response, generator -> write(generator, statement, from));
            } else {
                writeAll(statement, format, response);
            }
        } catch (TarnException e) {
            throw e.with("query_id", QueryId.of(e).orElse(null));
        }
    }

    /** The token is the number of the page's first row. */
    private static long firstRow(@Nullable String pageToken, SubmittedStatement statement) {
        if (pageToken == null || pageToken.isEmpty()) {
            return 0;
        }
        long rows = statement.result().map(KeptResult::rowCount).orElse(0L);
        try {
            long row = Long.parseLong(pageToken);
            if (row > 0 && row < rows) {
                return row;
            }
        } catch (NumberFormatException e) {
            // told below, like any other number that no page begins with
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The page_token is not one of this statement; send next_page_token of the page before, or none");
    }

    private static void write(JsonGenerator json, SubmittedStatement statement, long from) {
        json.writeStartObject();
        json.writeStringProperty("query_id", QueryId.text(statement.id()));
        json.writeStringProperty("status", statement.status());
        json.writeArrayPropertyStart("rows");
        OptionalLong next = statement
                .result()
                .map(result -> result.writePage(json, QueryResult.RowShape.OBJECT, from))
                .orElse(OptionalLong.empty());
        json.writeEndArray();
        json.writeArrayPropertyStart("columns");
        for (ResultColumn column : statement.result().map(KeptResult::columns).orElse(java.util.List.of())) {
            json.writePOJO(column);
        }
        json.writeEndArray();
        json.writeNumberProperty("elapsed_ms", statement.elapsedMs());
        json.writeNumberProperty("bytes_scanned", statement.bytesScanned());
        json.writeName("error");
        if (statement.failure().isPresent()) {
            TarnException failure = statement.failure().get();
            json.writeStartObject();
            json.writeStringProperty("code", failure.code().code());
            json.writeStringProperty("message", failure.message());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeName("next_page_token");
        if (next.isPresent()) {
            json.writeString(Long.toString(next.getAsLong()));
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }

    /** All rows at once; where there are none because of its state, the answer is as execute would have failed. */
    private static void writeAll(SubmittedStatement statement, ResultFormat format, HttpServletResponse response)
            throws IOException {
        if (statement.failure().isPresent()) {
            throw statement.failure().get();
        }
        KeptResult result = statement
                .result()
                .orElseThrow(() -> new TarnException(
                                ErrorCode.CONFLICT,
                                "The statement is %s, so it has no rows yet; ask again in a moment"
                                        .formatted(statement.status()))
                        .with("statement_id", statement.id().toString()));
        response.setContentType(format.contentType());
        switch (format) {
            case NDJSON -> result.writeNdjson(response.getOutputStream());
            case CSV -> result.writeCsv(response.getOutputStream());
            case ARROW, JSON -> result.writeArrow(response.getOutputStream());
        }
    }

    @DeleteMapping("/v1/sql/queries/{query_id}")
    Standing cancel(Caller caller, @PathVariable("query_id") String queryId) {
        SubmittedStatement statement = statements.cancel(caller, QueryId.parse(queryId));
        return new Standing(QueryId.text(statement.id()), statement.status());
    }
}
