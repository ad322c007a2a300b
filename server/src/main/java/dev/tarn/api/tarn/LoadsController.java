package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.WriteMode;
import dev.tarn.loading.LoadRequest;
import dev.tarn.loading.LoadResult;
import dev.tarn.loading.Loads;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Files into tables; the body is the file itself, streamed. */
@RestController
class LoadsController {
    private final Loads loads;

    LoadsController(Loads loads) {
        this.loads = loads;
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

    @PostMapping("/tarn/v1/loads")
    LoadView load(
            Caller caller,
            @RequestParam String table,
            @RequestParam(defaultValue = "create") String mode,
            @RequestParam(defaultValue = "upload.csv") String filename,
            @RequestParam Optional<String> delimiter,
            @RequestParam Optional<String> quote,
            @RequestParam Optional<Boolean> header,
            HttpServletRequest request)
            throws IOException {
        LoadRequest load =
                new LoadRequest(TableName.parse(table), mode(mode), filename, delimiter, quote, header);
        return LoadView.of(loads.load(caller, load, request.getInputStream()));
    }

    private static WriteMode mode(String text) {
        return switch (text) {
            case "create" -> WriteMode.CREATE;
            case "append" -> WriteMode.APPEND;
            case "replace" -> WriteMode.REPLACE;
            default ->
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "mode is create, append or replace, not %s".formatted(text));
        };
    }
}
