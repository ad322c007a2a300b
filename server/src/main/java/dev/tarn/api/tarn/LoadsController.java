package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.api.Answer;
import dev.tarn.api.IdempotentRequests;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.WriteMode;
import dev.tarn.loading.LoadRequest;
import dev.tarn.loading.LoadResult;
import dev.tarn.loading.Loads;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Files into tables; the body is the file itself, streamed. */
@RestController
class LoadsController {
    private static final Set<String> FILE_TYPES =
            Set.of("", "text/csv", "text/tab-separated-values", "text/plain", "application/octet-stream");

    private final Loads loads;
    private final IdempotentRequests idempotent;
    private final JsonMapper json;

    LoadsController(Loads loads, IdempotentRequests idempotent, JsonMapper json) {
        this.loads = loads;
        this.idempotent = idempotent;
        this.json = json;
    }

    /** What a load did. */
    record LoadView(
            UUID id,
            String table,
            String mode,
            long rows,
            int files,
            long bytesRead,
            long bytesWritten,
            List<LoadResult.StoredColumn> columns,
            String snapshotId,
            long elapsedMs) {
        static LoadView of(LoadResult load) {
            return new LoadView(
                    load.id(),
                    load.table().text(),
                    load.mode().name().toLowerCase(Locale.ROOT),
                    load.rows(),
                    load.files(),
                    load.bytesRead(),
                    load.bytesWritten(),
                    load.columns(),
                    Long.toString(load.snapshotId()),
                    load.elapsedMs());
        }
    }

    /** The body is streamed, so a repetition is known by all but its bytes: the query and their number. */
    @PostMapping("/tarn/v1/loads")
    ResponseEntity<String> load(
            Caller caller,
            @RequestParam String table,
            @RequestParam(defaultValue = "create") String mode,
            @RequestParam(defaultValue = "upload.csv") String filename,
            @RequestParam Optional<String> delimiter,
            @RequestParam Optional<String> quote,
            @RequestParam Optional<Boolean> header,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            HttpServletRequest request) {
        checkForm(request);
        LoadRequest load = new LoadRequest(TableName.parse(table), mode(mode), filename, delimiter, quote, header);
        String hash = IdempotentRequests.hash(
                "POST /tarn/v1/loads", load.toString(), Long.toString(request.getContentLengthLong()));
        Answer answer = idempotent.once(
                caller,
                idempotencyKey,
                hash,
                early -> answer(loads.load(caller, load, body(request), done -> early.accept(answer(done)))));
        return ResponseEntity.status(answer.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body().orElse(""));
    }

    /** The body is the file itself: a form around it would be loaded as rows, or be taken for parameters. */
    private static void checkForm(HttpServletRequest request) {
        String type = request.getContentType();
        String kind = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!FILE_TYPES.contains(kind)) {
            throw new TarnException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be the file itself, sent with Content-Type text/csv and not %s".formatted(kind));
        }
        request.getParameterMap().forEach((name, values) -> {
            if (values.length > 1) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST, "The parameter %s is given more than once".formatted(name));
            }
        });
    }

    private Answer answer(LoadResult load) {
        return Answer.of(200, json.writeValueAsString(LoadView.of(load)));
    }

    private static InputStream body(HttpServletRequest request) {
        try {
            return request.getInputStream();
        } catch (IOException e) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "The upload was cut off; send it again", e);
        }
    }

    private static WriteMode mode(String text) {
        return switch (text) {
            case "create" -> WriteMode.CREATE;
            case "append" -> WriteMode.APPEND;
            case "replace" -> WriteMode.REPLACE;
            default ->
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST, "mode is create, append or replace, not %s".formatted(text));
        };
    }
}
