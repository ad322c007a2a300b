package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.api.PageQuery;
import dev.tarn.api.PathId;
import dev.tarn.jobs.Job;
import dev.tarn.jobs.Schedule;
import dev.tarn.jobs.ScheduleRun;
import dev.tarn.jobs.Timing;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.TarnException;
import dev.tarn.sql.ResultTarget;
import dev.tarn.sql.ScheduledStatements;
import dev.tarn.sql.SubmittedStatements;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Saved statements that run by the clock. */
@RestController
@RequestMapping("/tarn/v1/schedules")
class SchedulesController {
    private final ScheduledStatements schedules;

    SchedulesController(ScheduledStatements schedules) {
        this.schedules = schedules;
    }

    /** A table that takes rows. */
    record Into(@Nullable String table, @Nullable String mode) {}

    /** A schedule that is wanted. */
    record Wanted(
            @Nullable UUID savedStatementId,
            @Nullable String cron,
            @Nullable String zone,
            @Nullable Into into,
            @Nullable Long timeoutMs) {
        ScheduledStatements.Plan plan() {
            return new ScheduledStatements.Plan(
                    needed("saved_statement_id", savedStatementId),
                    timeoutMs == null ? SubmittedStatements.DEFAULT_TIMEOUT.toMillis() : timeoutMs,
                    into == null
                            ? null
                            : new ResultTarget(needed("into.table", into.table()), LoadForm.mode(into.mode())));
        }

        Timing timing() {
            return Timing.parse(needed("cron", cron), needed("zone", zone));
        }

        private static <T> T needed(String field, @Nullable T value) {
            if (value == null) {
                throw new TarnException(ErrorCode.INVALID_REQUEST, "The field %s is missing".formatted(field));
            }
            return value;
        }
    }

    /** A schedule. */
    record ScheduleView(
            UUID id,
            UUID savedStatementId,
            String cron,
            String zone,
            @Nullable IntoView into,
            long timeoutMs,
            boolean paused,
            @Nullable Instant nextAt,
            Instant createdAt) {
        static ScheduleView of(Schedule schedule) {
            ScheduledStatements.Plan plan = ScheduledStatements.plan(schedule);
            ResultTarget into = plan.into();
            return new ScheduleView(
                    schedule.id(),
                    plan.saved(),
                    schedule.timing().cron(),
                    schedule.timing().zone().getId(),
                    into == null
                            ? null
                            : new IntoView(into.table(), into.mode().name().toLowerCase(java.util.Locale.ROOT)),
                    plan.timeoutMs(),
                    schedule.paused(),
                    schedule.paused()
                            ? null
                            : schedule.next().map(Timing.Fire::at).orElse(null),
                    schedule.createdAt());
        }
    }

    /** A table that takes rows. */
    record IntoView(String table, String mode) {}

    /** All of them. */
    record ScheduleList(List<ScheduleView> schedules) {}

    /** Why a run failed or was left out. */
    record ErrorView(String code, String detail) {}

    /** What became of one time. */
    record RunView(
            String local,
            Instant at,
            boolean manual,
            boolean late,
            @Nullable UUID statementId,
            String state,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable ErrorView error) {
        static RunView of(ScheduleRun run) {
            return new RunView(
                    run.local(),
                    run.at(),
                    run.manual(),
                    run.late(),
                    run.jobId().orElse(null),
                    run.state(),
                    run.startedAt().orElse(null),
                    run.finishedAt().orElse(null),
                    run.failure().map(RunView::error).orElse(null));
        }

        private static ErrorView error(Job.Failure failure) {
            return new ErrorView(failure.code(), failure.detail());
        }
    }

    /** A page of runs. */
    record RunPage(List<RunView> runs, @Nullable String nextCursor) {}

    @GetMapping
    ScheduleList list(Caller caller, @RequestParam(name = "saved_statement_id") Optional<String> savedStatementId) {
        return new ScheduleList(
                schedules.list(caller, savedStatementId.map(id -> PathId.of("saved statement", id))).stream()
                        .map(ScheduleView::of)
                        .toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ScheduleView create(Caller caller, @RequestBody Wanted wanted) {
        return ScheduleView.of(schedules.create(caller, wanted.plan(), wanted.timing()));
    }

    @GetMapping("/{id}")
    ScheduleView find(Caller caller, @PathVariable String id) {
        return ScheduleView.of(schedules.find(caller, PathId.of("schedule", id)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        schedules.delete(caller, PathId.of("schedule", id));
    }

    @PostMapping("/{id}/pause")
    ScheduleView pause(Caller caller, @PathVariable String id) {
        return ScheduleView.of(schedules.pause(caller, PathId.of("schedule", id)));
    }

    @PostMapping("/{id}/resume")
    ScheduleView resume(Caller caller, @PathVariable String id) {
        return ScheduleView.of(schedules.resume(caller, PathId.of("schedule", id)));
    }

    @PostMapping("/{id}/run")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunView run(Caller caller, @PathVariable String id) {
        return RunView.of(schedules.runNow(caller, PathId.of("schedule", id)));
    }

    @GetMapping("/{id}/runs")
    RunPage runs(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<RunView> found = schedules
                .runs(caller, PathId.of("schedule", id), PageQuery.of(limit, cursor))
                .map(RunView::of);
        return new RunPage(found.items(), PageQuery.opaque(found.next()).orElse(null));
    }
}
