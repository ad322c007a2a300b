package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.api.PageQuery;
import dev.tarn.api.PathId;
import dev.tarn.catalog.TableName;
import dev.tarn.loading.LoadRequest;
import dev.tarn.loading.LoadState;
import dev.tarn.loading.Loads;
import dev.tarn.loading.Previews;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Loads to watch, to cancel and to look back at, and what one would begin with. */
@RestController
class LoadListController {
    private final Loads loads;
    private final Previews previews;
    private final Clock clock;

    LoadListController(Loads loads, Previews previews, Clock clock) {
        this.loads = loads;
        this.previews = previews;
        this.clock = clock;
    }

    /** A page of loads. */
    record LoadPage(List<LoadView> loads, @Nullable String nextCursor) {}

    /** What to look at. */
    record PreviewForm(
            @Nullable UUID upload,
            @Nullable OptionsForm options,
            @Nullable List<LoadRequest.WantedColumn> columns,
            @Nullable String table,
            @Nullable String mode,
            @Nullable Integer rows) {}

    /** A column of the files and what would become of it. */
    record ColumnSeen(String source, String name, String type) {}

    /** What was seen. */
    record PreviewView(
            Map<String, Object> options,
            List<String> files,
            List<ColumnSeen> columns,
            List<List<@Nullable String>> rows,
            List<String> warnings) {}

    @PostMapping("/tarn/v1/loads/preview")
    PreviewView preview(Caller caller, @RequestBody PreviewForm form) {
        UUID upload = form.upload();
        if (upload == null) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "upload is missing: it names the files that POST /tarn/v1/uploads took");
        }
        Integer rows = form.rows();
        Previews.Seen seen = previews.preview(
                caller,
                new Previews.Wanted(
                        upload,
                        OptionsForm.of(form.options()),
                        LoadForm.columns(form.columns()),
                        Optional.ofNullable(form.table()).map(TableName::parse),
                        LoadForm.mode(form.mode()),
                        rows == null ? Previews.DEFAULT_ROWS : rows));
        return new PreviewView(
                seen.options(),
                seen.files(),
                seen.columns().stream()
                        .map(column -> new ColumnSeen(column.source(), column.name(), column.type()))
                        .toList(),
                seen.rows(),
                seen.warnings());
    }

    @GetMapping("/tarn/v1/loads")
    LoadPage list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam Optional<String> state,
            @RequestParam Optional<String> table,
            @RequestParam Optional<String> user) {
        Instant now = clock.instant();
        Loads.Wanted wanted = new Loads.Wanted(
                user.map(LoadListController::isAll),
                state.map(LoadState::of),
                table.map(name -> TableName.parse(name).text()));
        Page<LoadView> page =
                loads.list(caller, wanted, PageQuery.of(limit, cursor)).map(load -> LoadView.of(load, now));
        return new LoadPage(page.items(), PageQuery.opaque(page.next()).orElse(null));
    }

    private static boolean isAll(String user) {
        return switch (user) {
            case "all" -> true;
            case "me" -> false;
            default -> throw new TarnException(ErrorCode.INVALID_REQUEST, "user is me or all, not %s".formatted(user));
        };
    }

    @GetMapping("/tarn/v1/loads/{id}")
    LoadView get(Caller caller, @PathVariable String id) {
        return LoadView.of(loads.get(caller, PathId.of("load", id)), clock.instant());
    }

    @DeleteMapping("/tarn/v1/loads/{id}")
    ResponseEntity<Void> cancel(Caller caller, @PathVariable String id) {
        loads.cancel(caller, PathId.of("load", id));
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/tarn/v1/loads/{id}/rejects")
    void rejects(Caller caller, @PathVariable String id, HttpServletResponse response) throws IOException {
        UUID load = PathId.of("load", id);
        try (InputStream rejects = loads.rejects(caller, load)) {
            response.setContentType("text/csv;charset=UTF-8");
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"rejects-%s.csv\"".formatted(load));
            rejects.transferTo(response.getOutputStream());
        }
    }
}
