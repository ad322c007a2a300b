package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.api.PageQuery;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableReport;
import dev.tarn.catalog.TableReport.Figure;
import dev.tarn.catalog.TableReports;
import dev.tarn.platform.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What engines said of their scans and commits of a table. */
@RestController
class TableReportsController {
    private final TableReports reports;

    TableReportsController(TableReports reports) {
        this.reports = reports;
    }

    /** A report; figures that the engine left out, or that are of the other kind, are null. */
    record ReportView(
            String id,
            String kind,
            Instant reportedAt,
            String user,
            @Nullable String engine,
            @Nullable String snapshotId,
            @Nullable String operation,
            @Nullable String filter,
            @Nullable Double durationMs,
            @Nullable Long columns,
            @Nullable Long filesPlanned,
            @Nullable Long filesSkipped,
            @Nullable Long bytesPlanned,
            @Nullable Long deleteFilesPlanned,
            @Nullable Long manifestsRead,
            @Nullable Long manifestsSkipped,
            @Nullable Long filesAdded,
            @Nullable Long filesRemoved,
            @Nullable Long rowsAdded,
            @Nullable Long rowsRemoved,
            @Nullable Long totalRows,
            @Nullable Long attempts) {
        static ReportView of(TableReport report) {
            return new ReportView(
                    report.id().toString(),
                    report.kind().text(),
                    report.reportedAt(),
                    report.userName(),
                    report.engine().orElse(null),
                    report.snapshotId().isPresent()
                            ? Long.toString(report.snapshotId().getAsLong())
                            : null,
                    report.operation().orElse(null),
                    report.filter().orElse(null),
                    report.duration().map(ReportView::millis).orElse(null),
                    report.figures().get(Figure.COLUMNS),
                    report.figures().get(Figure.FILES_PLANNED),
                    report.figures().get(Figure.FILES_SKIPPED),
                    report.figures().get(Figure.BYTES_PLANNED),
                    report.figures().get(Figure.DELETE_FILES_PLANNED),
                    report.figures().get(Figure.MANIFESTS_READ),
                    report.figures().get(Figure.MANIFESTS_SKIPPED),
                    report.figures().get(Figure.FILES_ADDED),
                    report.figures().get(Figure.FILES_REMOVED),
                    report.figures().get(Figure.ROWS_ADDED),
                    report.figures().get(Figure.ROWS_REMOVED),
                    report.figures().get(Figure.TOTAL_ROWS),
                    report.figures().get(Figure.ATTEMPTS));
        }

        private static double millis(Duration duration) {
            long micros = duration.toNanos() / 1_000;
            return micros / 1_000.0;
        }
    }

    /** A page of reports. */
    record ReportPage(List<ReportView> reports, @Nullable String nextCursor) {}

    @GetMapping("/tarn/v1/tables/{name}/reports")
    ReportPage list(
            Caller caller,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<ReportView> found = reports.list(caller, TableName.parse(name), PageQuery.of(limit, cursor))
                .map(ReportView::of);
        return new ReportPage(found.items(), PageQuery.opaque(found.next()).orElse(null));
    }
}
