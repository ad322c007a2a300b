package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.api.Answer;
import dev.tarn.api.IdempotentRequests;
import dev.tarn.loading.LoadOutcome;
import dev.tarn.loading.LoadRequest;
import dev.tarn.loading.Loads;
import dev.tarn.loading.StartedLoad;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Files into tables: the body is the file itself, a form of several, or JSON that names an upload. */
@RestController
class LoadsController {
    private static final String CALL = "POST /tarn/v1/loads";

    private final Loads loads;
    private final IdempotentRequests idempotent;
    private final JsonMapper json;
    private final Clock clock;

    LoadsController(Loads loads, IdempotentRequests idempotent, JsonMapper json, Clock clock) {
        this.loads = loads;
        this.idempotent = idempotent;
        this.json = json;
        this.clock = clock;
    }

    /** A load of an upload. */
    record OfUpload(
            @Nullable UUID upload,
            @Nullable UUID id,
            @Nullable String table,
            @Nullable String mode,
            @Nullable OptionsForm options,
            @Nullable List<LoadRequest.WantedColumn> columns,
            @Nullable Boolean addColumns,
            @Nullable String onError,
            @Nullable String rejectsTable,
            @Nullable Boolean once) {
        LoadForm form() {
            return new LoadForm(id, table, mode, options, columns, addColumns, onError, rejectsTable, once);
        }
    }

    /** The files come first, because a repetition is known by their bytes. */
    @PostMapping("/tarn/v1/loads")
    ResponseEntity<String> load(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            HttpServletRequest request) {
        String kind = SentBody.mediaType(request);
        if (kind.equals("application/x-www-form-urlencoded")) {
            SentBody.files(request, ""); // says what is wrong, before Tomcat takes the body for parameters
        }
        LoadParameters parameters = new LoadParameters(request, json);
        LoadRequest wanted = parameters.request();
        long length = request.getContentLengthLong();
        OptionalLong total =
                length < 0 || kind.startsWith("multipart/") ? OptionalLong.empty() : OptionalLong.of(length);
        try (StartedLoad load = loads.begin(caller, wanted, parameters.fileName(), total, idempotencyKey != null)) {
            load.receive(() -> SentBody.files(request, parameters.fileName()));
            String hash = IdempotentRequests.hash(CALL, wanted.toString(), load.contentHash());
            return answered(idempotent.once(
                    caller, idempotencyKey, hash, early -> answer(load.load(done -> early.accept(answer(done))))));
        }
    }

    @PostMapping(path = "/tarn/v1/loads", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> loadUpload(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestBody OfUpload body) {
        UUID upload = body.upload();
        if (upload == null) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "upload is missing: it names the files that POST /tarn/v1/uploads took");
        }
        LoadRequest wanted = body.form().request();
        String hash = IdempotentRequests.hash(CALL, wanted.toString(), upload.toString());
        return answered(idempotent.once(
                caller,
                idempotencyKey,
                hash,
                early -> answer(loads.load(caller, upload, wanted, done -> early.accept(answer(done))))));
    }

    private Answer answer(LoadOutcome outcome) {
        return Answer.of(200, json.writeValueAsString(LoadView.of(outcome, clock.instant())));
    }

    private static ResponseEntity<String> answered(Answer answer) {
        return ResponseEntity.status(answer.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body().orElse(""));
    }
}
