package dev.tarn.catalog;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.expressions.ExpressionUtil;
import org.apache.iceberg.metrics.CommitMetricsResult;
import org.apache.iceberg.metrics.CommitReport;
import org.apache.iceberg.metrics.CounterResult;
import org.apache.iceberg.metrics.MetricsReport;
import org.apache.iceberg.metrics.ScanMetricsResult;
import org.apache.iceberg.metrics.ScanReport;
import org.apache.iceberg.metrics.TimerResult;
import org.jspecify.annotations.Nullable;

/** What Iceberg's reports say, as it is kept. Clients take the values out of a filter; whether they have is not left to them. */
record ReportedMetrics(
        TableReport.Kind kind,
        Optional<String> engine,
        OptionalLong snapshotId,
        Optional<String> operation,
        Optional<String> filter,
        Optional<Duration> duration,
        Map<TableReport.Figure, Long> figures) {
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_ENGINE = 100;

    /** Empty for a kind of report that is not known. */
    static Optional<ReportedMetrics> of(MetricsReport report) {
        return switch (report) {
            case ScanReport scan -> Optional.of(scan(scan));
            case CommitReport commit -> Optional.of(commit(commit));
            default -> Optional.empty();
        };
    }

    private static ReportedMetrics scan(ScanReport report) {
        ScanMetricsResult metrics = report.scanMetrics();
        Figures figures = new Figures();
        figures.add(
                TableReport.Figure.COLUMNS, (long) report.projectedFieldIds().size());
        figures.add(TableReport.Figure.FILES_PLANNED, metrics.resultDataFiles());
        figures.add(TableReport.Figure.FILES_SKIPPED, metrics.skippedDataFiles());
        figures.add(TableReport.Figure.BYTES_PLANNED, metrics.totalFileSizeInBytes());
        figures.add(TableReport.Figure.DELETE_FILES_PLANNED, metrics.resultDeleteFiles());
        figures.add(TableReport.Figure.MANIFESTS_READ, metrics.scannedDataManifests());
        figures.add(TableReport.Figure.MANIFESTS_SKIPPED, metrics.skippedDataManifests());
        return new ReportedMetrics(
                TableReport.Kind.SCAN,
                engine(report.metadata()),
                snapshot(report.snapshotId()),
                Optional.empty(),
                Optional.of(cut(ExpressionUtil.toSanitizedString(report.filter()), LONGEST_TEXT)),
                duration(metrics.totalPlanningDuration()),
                figures.known);
    }

    private static ReportedMetrics commit(CommitReport report) {
        CommitMetricsResult metrics = report.commitMetrics();
        Figures figures = new Figures();
        figures.add(TableReport.Figure.FILES_ADDED, metrics.addedDataFiles());
        figures.add(TableReport.Figure.FILES_REMOVED, metrics.removedDataFiles());
        figures.add(TableReport.Figure.ROWS_ADDED, metrics.addedRecords());
        figures.add(TableReport.Figure.ROWS_REMOVED, metrics.removedRecords());
        figures.add(TableReport.Figure.TOTAL_ROWS, metrics.totalRecords());
        figures.add(TableReport.Figure.ATTEMPTS, metrics.attempts());
        return new ReportedMetrics(
                TableReport.Kind.COMMIT,
                engine(report.metadata()),
                snapshot(report.snapshotId()),
                Optional.of(cut(report.operation(), LONGEST_ENGINE)),
                Optional.empty(),
                duration(metrics.totalDuration()),
                figures.known);
    }

    /** Iceberg's own word for a table without a snapshot is -1. */
    private static OptionalLong snapshot(long id) {
        return id == -1 ? OptionalLong.empty() : OptionalLong.of(id);
    }

    private static Optional<String> engine(Map<String, String> metadata) {
        String name = metadata.get("engine-name");
        if (name == null) {
            return Optional.ofNullable(metadata.get("iceberg-version")).map(version -> cut(version, LONGEST_ENGINE));
        }
        String version = metadata.getOrDefault("engine-version", "");
        return Optional.of(cut((name + " " + version).strip(), LONGEST_ENGINE));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    private static Optional<Duration> duration(@Nullable TimerResult timer) {
        return Optional.ofNullable(timer).map(TimerResult::totalDuration);
    }

    private static final class Figures {
        private final Map<TableReport.Figure, Long> known = new EnumMap<>(TableReport.Figure.class);

        void add(TableReport.Figure figure, @Nullable CounterResult counter) {
            if (counter != null) {
                add(figure, counter.value());
            }
        }

        void add(TableReport.Figure figure, long value) {
            known.put(figure, value);
        }
    }
}
