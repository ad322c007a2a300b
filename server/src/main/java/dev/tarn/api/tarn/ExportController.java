package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.access.Workspaces;
import dev.tarn.api.Clients;
import dev.tarn.api.Contract;
import dev.tarn.api.StatementOptions;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.WriteMode;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.sql.ExportOutcome;
import dev.tarn.sql.StatementRequest;
import dev.tarn.sql.Statements;
import dev.tarn.sql.TableOutcome;
import dev.tarn.worker.protocol.ExportTask;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Results as files and as tables. */
@RestController
class ExportController {
    private static final int LONGEST_FILE_NAME = 200;

    private final Statements statements;
    private final Workspaces workspaces;
    private final Clients clients;
    private final JsonMapper json;

    ExportController(Statements statements, Workspaces workspaces, Clients clients, JsonMapper json) {
        this.statements = statements;
        this.clients = clients;
        this.workspaces = workspaces;
        this.json = json;
    }

    /** The request: either a format, with a file name, or a table, with a mode. */
    record ExportRequest(
            @Nullable UUID id,
            @Nullable String statement,
            @Nullable JsonNode parameters,
            @Nullable String workspace,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable Long timeoutMs,
            @Nullable String format,
            @Nullable String filename,
            @Nullable String table,
            @Nullable String mode) {
        StatementRequest toRequest() {
            return StatementOptions.request(
                    Optional.ofNullable(id), Contract.TARN, statement, parameters, catalog, schema, timeoutMs);
        }
    }

    /** A result that is a table now. */
    record KeptView(UUID id, String table, long rows, String snapshotId, long elapsedMs, long bytesScanned) {
        static KeptView of(TableOutcome kept) {
            return new KeptView(
                    kept.id(),
                    kept.table().text(),
                    kept.rows(),
                    Long.toString(kept.snapshotId()),
                    kept.elapsedMs(),
                    kept.bytesScanned());
        }
    }

    @PostMapping("/tarn/v1/statements/export")
    void export(Caller caller, @RequestBody ExportRequest request, HttpServletResponse response) throws IOException {
        Caller inWorkspace = workspaces.named(caller, request.workspace());
        String format = request.format();
        String table = request.table();
        if (format != null && table == null) {
            send(inWorkspace, request, format(format), response);
        } else if (table != null && format == null) {
            TableName name = TableName.parse(table);
            WriteMode mode = LoadForm.mode(request.mode());
            TableOutcome kept =
                    clients.whileThere(request.toRequest(), wanted -> statements.keep(inWorkspace, wanted, name, mode));
            response.setContentType("application/json");
            response.getOutputStream().write(json.writeValueAsBytes(KeptView.of(kept)));
        } else {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "Say either format (csv, ndjson, parquet, xlsx, arrow) for a file or table for a table");
        }
    }

    /** Nothing is answered before the file is whole, so a failure is still a failure and no broken file. */
    private void send(Caller caller, ExportRequest request, ExportTask.Format format, HttpServletResponse response)
            throws IOException {
        String name = request.filename() == null ? "result" : request.filename();
        try (ExportOutcome export =
                clients.whileThere(request.toRequest(), wanted -> statements.export(caller, wanted, format))) {
            response.setContentType(contentType(format));
            response.setContentLengthLong(export.result().bytes());
            response.setHeader("X-Tarn-Rows", Long.toString(export.result().rows()));
            response.setHeader("X-Tarn-Statement", export.id().toString());
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(fileName(name, format), StandardCharsets.UTF_8)
                            .build()
                            .toString());
            Files.copy(export.file(), response.getOutputStream());
        }
    }

    private static String fileName(String name, ExportTask.Format format) {
        String ending = "." + format.name().toLowerCase(java.util.Locale.ROOT);
        String plain = name.replaceAll("[\\p{Cntrl}/\\\\]", "_");
        String cut = plain.length() > LONGEST_FILE_NAME ? plain.substring(0, LONGEST_FILE_NAME) : plain;
        return cut.endsWith(ending) ? cut : cut + ending;
    }

    private static ExportTask.Format format(String text) {
        return switch (text) {
            case "csv" -> ExportTask.Format.CSV;
            case "ndjson" -> ExportTask.Format.NDJSON;
            case "parquet" -> ExportTask.Format.PARQUET;
            case "xlsx" -> ExportTask.Format.XLSX;
            case "arrow" -> ExportTask.Format.ARROW;
            default ->
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "format is csv, ndjson, parquet, xlsx or arrow, not %s".formatted(text));
        };
    }

    private static String contentType(ExportTask.Format format) {
        return switch (format) {
            case CSV -> "text/csv;charset=UTF-8";
            case NDJSON -> "application/x-ndjson";
            case PARQUET -> "application/vnd.apache.parquet";
            case XLSX -> "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            case ARROW -> "application/vnd.apache.arrow.stream";
        };
    }
}
