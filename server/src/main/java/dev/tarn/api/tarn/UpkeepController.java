package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.api.PathId;
import dev.tarn.catalog.TableName;
import dev.tarn.jobs.Job;
import dev.tarn.upkeep.HealthRanking;
import dev.tarn.upkeep.TableHealth;
import dev.tarn.upkeep.TableHealths;
import dev.tarn.upkeep.Upkeep;
import dev.tarn.upkeep.UpkeepJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How tables are, and what is done for them. */
@RestController
@RequestMapping("/tarn/v1")
class UpkeepController {
    private final TableHealths healths;
    private final HealthRanking ranking;
    private final Upkeep upkeep;

    UpkeepController(TableHealths healths, HealthRanking ranking, Upkeep upkeep) {
        this.healths = healths;
        this.ranking = ranking;
        this.upkeep = upkeep;
    }

    /** Data files of a size. */
    record SizeView(@Nullable Long below, long files, long bytes) {}

    /** A column, as the files tell of it. */
    record ColumnView(
            String name,
            long bytes,
            long values,
            long nulls,
            @Nullable String lower,
            @Nullable String upper) {}

    /** How a table is. */
    record HealthView(
            String table,
            String recommendation,
            int snapshotCount,
            long targetFileBytes,
            TableHealth.Files files,
            long averageFileBytes,
            TableHealth.Deletes deletes,
            TableHealth.Partitions partitions,
            List<SizeView> sizes,
            @Nullable Double clusteringDepth,
            List<ColumnView> columns,
            TableHealth.Growth growth,
            TableHealth.Saving saving) {
        static HealthView of(TableHealth health) {
            return new HealthView(
                    health.table(),
                    health.recommendation(),
                    health.snapshotCount(),
                    health.targetFileBytes(),
                    health.files(),
                    health.files().averageBytes(),
                    health.deletes(),
                    health.partitions(),
                    health.sizes().stream()
                            .map(size -> new SizeView(size.below().orElse(null), size.files(), size.bytes()))
                            .toList(),
                    health.clusteringDepth().isPresent()
                            ? health.clusteringDepth().getAsDouble()
                            : null,
                    health.columns().stream()
                            .map(column -> new ColumnView(
                                    column.name(),
                                    column.bytes(),
                                    column.values(),
                                    column.nulls(),
                                    column.lower().orElse(null),
                                    column.upper().orElse(null)))
                            .toList(),
                    health.growth(),
                    health.saving());
        }
    }

    /** A table, by what hurts. */
    record RankedView(
            String table,
            String recommendation,
            long files,
            long smallFiles,
            long bytes,
            double deleteRatio,
            int snapshotCount,
            double scanShare,
            double hurts) {
        static RankedView of(HealthRanking.Ranked ranked) {
            TableHealth health = ranked.health();
            return new RankedView(
                    health.table(),
                    health.recommendation(),
                    health.files().count(),
                    health.files().small(),
                    health.files().bytes(),
                    health.deletes().ratio(),
                    health.snapshotCount(),
                    health.saving().scanShare(),
                    ranked.hurts());
        }
    }

    /** Tables, the worst first. */
    record RankingView(List<RankedView> tables, boolean complete) {}

    /** Something that is, was or will be done for a table. */
    record UpkeepJobView(
            UUID id,
            String table,
            String operation,
            String by,
            @Nullable String why,
            String state,
            @Nullable Double progress,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Map<String, Object> result,
            @Nullable ErrorView error) {
        static UpkeepJobView of(UpkeepJob job) {
            return new UpkeepJobView(
                    job.id(),
                    job.table(),
                    job.task().operation(),
                    job.by(),
                    job.why().orElse(null),
                    job.state().text(),
                    job.fraction().isPresent() ? job.fraction().getAsDouble() : null,
                    job.createdAt(),
                    job.startedAt().orElse(null),
                    job.finishedAt().orElse(null),
                    job.result().orElse(null),
                    job.failure().map(UpkeepJobView::error).orElse(null));
        }

        private static ErrorView error(Job.Failure failure) {
            return new ErrorView(failure.code(), failure.detail());
        }
    }

    /** Why it did not complete. */
    record ErrorView(String code, String detail) {}

    /** What is done for a table. */
    record UpkeepJobList(List<UpkeepJobView> jobs) {}

    @GetMapping("/tables/{name}/health")
    HealthView health(Caller caller, @PathVariable String name) {
        return HealthView.of(healths.of(caller, TableName.parse(name)));
    }

    @GetMapping("/upkeep/tables")
    RankingView ranking(Caller caller) {
        HealthRanking.Ranking all = ranking.all(caller);
        return new RankingView(all.tables().stream().map(RankedView::of).toList(), all.complete());
    }

    @GetMapping("/tables/{name}/upkeep")
    UpkeepJobList list(Caller caller, @PathVariable String name) {
        return new UpkeepJobList(upkeep.about(caller, TableName.parse(name)).stream()
                .map(UpkeepJobView::of)
                .toList());
    }

    @PostMapping("/tables/{name}/upkeep")
    @ResponseStatus(HttpStatus.ACCEPTED)
    UpkeepJobView submit(Caller caller, @PathVariable String name, @RequestBody UpkeepForm wanted) {
        return UpkeepJobView.of(upkeep.submit(caller, TableName.parse(name), wanted.task()));
    }

    @GetMapping("/upkeep/{id}")
    UpkeepJobView find(Caller caller, @PathVariable String id) {
        return UpkeepJobView.of(upkeep.find(caller, PathId.of("job", id)));
    }

    @DeleteMapping("/upkeep/{id}")
    UpkeepJobView cancel(Caller caller, @PathVariable String id) {
        return UpkeepJobView.of(upkeep.cancel(caller, PathId.of("job", id)));
    }
}
