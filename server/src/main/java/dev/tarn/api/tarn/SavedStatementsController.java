package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.api.PageQuery;
import dev.tarn.api.PathId;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.sql.SavedStatement;
import dev.tarn.sql.SavedStatements;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Statements that people keep. */
@RestController
@RequestMapping("/tarn/v1/saved-statements")
class SavedStatementsController {
    private final SavedStatements saved;
    private final JsonMapper json;

    SavedStatementsController(SavedStatements saved, JsonMapper json) {
        this.saved = saved;
        this.json = json;
    }

    /** What is to be kept; {@code version} only where one is changed. */
    record Wanted(
            @Nullable String name,
            @Nullable String description,
            @Nullable String statement,
            @Nullable JsonNode parameters,
            @Nullable JsonNode chart,
            @Nullable Boolean shared,
            @Nullable Integer version) {}

    /** A kept statement. */
    record SavedView(
            UUID id,
            String name,
            String description,
            String statement,
            JsonNode parameters,
            @Nullable JsonNode chart,
            boolean shared,
            Named user,
            int version,
            Instant createdAt,
            Instant updatedAt) {}

    /** A page of kept statements. */
    record SavedPage(
            List<SavedView> savedStatements, @Nullable String nextCursor) {}

    @GetMapping
    SavedPage list(
            Caller caller,
            @RequestParam Optional<String> q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest page = PageQuery.of(limit, cursor);
        Page<SavedView> found =
                saved.list(caller, q.filter(text -> !text.isBlank()), page).map(this::view);
        return new SavedPage(found.items(), PageQuery.opaque(found.next()).orElse(null));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    SavedView save(Caller caller, @RequestBody Wanted wanted) {
        return view(saved.save(caller, content(wanted)));
    }

    @GetMapping("/{id}")
    SavedView find(Caller caller, @PathVariable String id) {
        return view(saved.find(caller, PathId.of("saved statement", id)));
    }

    @PutMapping("/{id}")
    SavedView change(Caller caller, @PathVariable String id, @RequestBody Wanted wanted) {
        Integer version = wanted.version();
        if (version == null) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The field version is missing: it is that of the statement as you read it");
        }
        return view(saved.change(caller, PathId.of("saved statement", id), version, content(wanted)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        saved.delete(caller, PathId.of("saved statement", id));
    }

    private SavedStatement.Content content(Wanted wanted) {
        JsonNode parameters = wanted.parameters();
        if (parameters != null && !parameters.isNull() && !parameters.isObject()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "The field parameters must be an object of names and values");
        }
        return new SavedStatement.Content(
                wanted.name() == null ? "" : wanted.name().strip(),
                wanted.description() == null ? "" : wanted.description(),
                wanted.statement() == null ? "" : wanted.statement(),
                parameters == null || parameters.isNull() ? "{}" : json.writeValueAsString(parameters),
                Optional.ofNullable(wanted.chart())
                        .filter(chart -> !chart.isNull())
                        .map(json::writeValueAsString),
                wanted.shared() != null && wanted.shared());
    }

    private SavedView view(SavedStatement statement) {
        SavedStatement.Content content = statement.content();
        return new SavedView(
                statement.id(),
                content.name(),
                content.description(),
                content.statement(),
                json.readTree(content.parameters()),
                content.chart().map(json::readTree).orElse(null),
                content.shared(),
                new Named(statement.userId(), statement.userName()),
                statement.version(),
                statement.createdAt(),
                statement.updatedAt());
    }
}
