package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.access.Workspaces;
import dev.tarn.api.Contract;
import dev.tarn.api.JsonBody;
import dev.tarn.api.PathId;
import dev.tarn.api.StatementOptions;
import dev.tarn.engine.KeptResult;
import dev.tarn.engine.QueryResult;
import dev.tarn.engine.ResultColumn;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.sql.SubmittedStatement;
import dev.tarn.sql.SubmittedStatements;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Statements of the console that run without it: rows as lists, in pages. */
@RestController
@RequestMapping("/tarn/v1/submitted-statements")
class SubmittedStatementsController {
    private static final int LONGEST_SHOWN = 10_000;

    private final SubmittedStatements statements;
    private final Workspaces workspaces;
    private final JsonBody json;

    SubmittedStatementsController(SubmittedStatements statements, Workspaces workspaces, JsonBody json) {
        this.statements = statements;
        this.workspaces = workspaces;
        this.json = json;
    }

    /** The request; null fields are as absent. */
    record SubmitRequest(
            @Nullable String statement,
            @Nullable JsonNode parameters,
            @Nullable String workspace,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable Long timeoutMs) {}

    /** Where a statement stands. */
    record Standing(UUID id, String status) {}

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Standing submit(Caller caller, @RequestBody SubmitRequest request) {
        Caller inWorkspace = workspaces.named(caller, request.workspace());
        Long timeout = request.timeoutMs();
        UUID id = statements.submit(
                inWorkspace,
                StatementOptions.request(
                        Optional.<UUID>empty(),
                        Contract.TARN,
                        request.statement(),
                        request.parameters(),
                        request.catalog(),
                        request.schema(),
                        timeout == null ? SubmittedStatements.DEFAULT_TIMEOUT.toMillis() : timeout),
                accepted -> {});
        return new Standing(id, "queued");
    }

    /** Why one failed or was cancelled. */
    record ErrorView(String code, String detail) {}

    /** One of the list. */
    record SubmittedView(
            UUID id,
            String statement,
            String status,
            @Nullable Double progress,
            Instant submittedAt,
            @Nullable Instant finishedAt,
            @Nullable Long rowCount,
            @Nullable ErrorView error) {
        static SubmittedView of(SubmittedStatements.Summary summary) {
            SubmittedStatement standing = summary.standing();
            String sql = summary.statement();
            return new SubmittedView(
                    standing.id(),
                    sql.length() > LONGEST_SHOWN ? sql.substring(0, LONGEST_SHOWN) : sql,
                    standing.status(),
                    standing.progress().isPresent() ? standing.progress().getAsDouble() : null,
                    summary.submittedAt(),
                    summary.finishedAt().orElse(null),
                    summary.rows().orElse(null),
                    standing.failure()
                            .map(why -> new ErrorView(why.code().code(), why.message()))
                            .orElse(null));
        }
    }

    /** The newest ones. */
    record SubmittedList(List<SubmittedView> statements) {}

    @GetMapping
    SubmittedList list(Caller caller) {
        return new SubmittedList(
                statements.list(caller).stream().map(SubmittedView::of).toList());
    }

    @GetMapping("/{id}")
    void find(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletResponse response)
            throws IOException {
        SubmittedStatement statement = statements.find(caller, PathId.of("submitted statement", id));
        long from = cursor == null || cursor.isEmpty() ? 0 : row(cursor);
        json.write(response, generator -> write(generator, statement, from));
    }

    /** The cursor is the number of the page's first row. */
    private static long row(String cursor) {
        try {
            return Long.parseUnsignedLong(cursor);
        } catch (NumberFormatException e) {
            throw PageRequest.unknownCursor(e);
        }
    }

    private static void write(JsonGenerator json, SubmittedStatement statement, long from) {
        json.writeStartObject();
        json.writeStringProperty("id", statement.id().toString());
        json.writeStringProperty("status", statement.status());
        json.writeName("progress");
        if (statement.progress().isPresent()) {
            json.writeNumber(statement.progress().getAsDouble());
        } else {
            json.writeNull();
        }
        json.writeArrayPropertyStart("columns");
        for (ResultColumn column : statement.result().map(KeptResult::columns).orElse(List.of())) {
            json.writePOJO(column);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("rows");
        OptionalLong next = statement
                .result()
                .map(result -> result.writePage(json, QueryResult.RowShape.ARRAY, from))
                .orElse(OptionalLong.empty());
        json.writeEndArray();
        json.writeName("row_count");
        statement.result().map(KeptResult::rowCount).ifPresentOrElse(json::writeNumber, json::writeNull);
        json.writeNumberProperty("elapsed_ms", statement.elapsedMs());
        json.writeNumberProperty("bytes_scanned", statement.bytesScanned());
        json.writeName("error");
        statement.failure().ifPresentOrElse(failure -> write(json, failure), json::writeNull);
        json.writeName("next_cursor");
        if (next.isPresent()) {
            json.writeString(Long.toString(next.getAsLong()));
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, TarnException failure) {
        json.writeStartObject();
        json.writeStringProperty("code", failure.code().code());
        json.writeStringProperty("detail", failure.message());
        json.writeEndObject();
    }

    @DeleteMapping("/{id}")
    Standing cancel(Caller caller, @PathVariable String id) {
        SubmittedStatement statement = statements.cancel(caller, PathId.of("submitted statement", id));
        return new Standing(statement.id(), statement.status());
    }
}
