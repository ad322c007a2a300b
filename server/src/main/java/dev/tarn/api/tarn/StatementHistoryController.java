package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.access.Workspaces;
import dev.tarn.api.PageQuery;
import dev.tarn.api.PathId;
import dev.tarn.engine.Reading;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.sql.StatementHistory;
import dev.tarn.sql.StatementRecord;
import dev.tarn.sql.Statements;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was run and what runs. */
@RestController
class StatementHistoryController {
    private final StatementHistory history;
    private final Statements statements;
    private final Workspaces workspaces;

    StatementHistoryController(StatementHistory history, Statements statements, Workspaces workspaces) {
        this.history = history;
        this.statements = statements;
        this.workspaces = workspaces;
    }

    /** What was wrong. */
    record ErrorView(String code, String detail) {}

    /** One statement. */
    record StatementView(
            UUID id,
            String statement,
            String state,
            Named user,
            @Nullable String workspace,
            String contract,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Double progress,
            @Nullable Long elapsedMs,
            @Nullable Long rowCount,
            @Nullable Long bytesScanned,
            @Nullable List<TableView> tables,
            @Nullable ErrorView error) {}

    /** What it read of a table; the files are not told to whoever may see a part of its tables alone. */
    record TableView(
            String name,
            @Nullable Long filesPlanned,
            @Nullable Long filesTotal,
            @Nullable List<String> conditions) {}

    /** A page of statements. */
    record StatementPage(
            List<StatementView> statements, @Nullable String nextCursor) {}

    @GetMapping("/tarn/v1/statements")
    StatementPage list(
            Caller caller,
            @RequestParam Optional<String> state,
            @RequestParam(defaultValue = "me") String user,
            @RequestParam Optional<String> q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest page = PageQuery.of(limit, cursor);
        Map<UUID, Optional<String>> workspaceNames = new HashMap<>();
        Page<StatementView> found = history.list(
                        caller,
                        everybody(user),
                        state.map(StatementHistoryController::state),
                        q.filter(text -> !text.isBlank()),
                        page)
                .map(record -> view(
                        caller,
                        record,
                        workspaceNames.computeIfAbsent(record.workspaceId(), id -> workspaces.name(caller, id))));
        return new StatementPage(found.items(), PageQuery.opaque(found.next()).orElse(null));
    }

    @GetMapping("/tarn/v1/statements/{id}")
    StatementView find(Caller caller, @PathVariable String id) {
        StatementRecord record = history.find(caller, PathId.of("statement", id));
        return view(caller, record, workspaces.name(caller, record.workspaceId()));
    }

    private @Nullable Double progress(Caller caller, StatementRecord record) {
        OptionalDouble reached = record.state() == StatementRecord.State.RUNNING
                ? statements.progress(caller, record)
                : OptionalDouble.empty();
        return reached.isPresent() ? reached.getAsDouble() : null;
    }

    private StatementView view(Caller caller, StatementRecord record, Optional<String> workspace) {
        Optional<StatementRecord.End> end = record.end();
        return new StatementView(
                record.id(),
                record.statement(),
                record.state().text(),
                new Named(record.userId(), record.userName()),
                workspace.orElse(null),
                record.contract(),
                record.startedAt(),
                end.map(StatementRecord.End::at).orElse(null),
                progress(caller, record),
                end.map(StatementRecord.End::elapsedMs).orElse(null),
                end.flatMap(StatementRecord.End::rowCount).orElse(null),
                end.map(when -> when.reading().bytesScanned()).orElse(null),
                end.map(when -> when.reading().tables().stream()
                                .map(StatementHistoryController::table)
                                .toList())
                        .orElse(null),
                end.flatMap(StatementRecord.End::errorCode)
                        .map(code -> new ErrorView(
                                code,
                                end.flatMap(StatementRecord.End::errorDetail).orElse("")))
                        .orElse(null));
    }

    private static TableView table(Reading.TableRead table) {
        Optional<Reading.FilesRead> files = table.files();
        return new TableView(
                table.name(),
                files.map(Reading.FilesRead::planned).orElse(null),
                files.map(Reading.FilesRead::total).orElse(null),
                files.map(Reading.FilesRead::conditions).orElse(null));
    }

    private static boolean everybody(String user) {
        return switch (user) {
            case "me" -> false;
            case "all" -> true;
            default -> throw new TarnException(ErrorCode.INVALID_REQUEST, "user is me or all, not %s".formatted(user));
        };
    }

    private static StatementRecord.State state(String text) {
        for (StatementRecord.State state : StatementRecord.State.values()) {
            if (state.text().equals(text)) {
                return state;
            }
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST, "state is running, completed, failed or cancelled, not %s".formatted(text));
    }
}
