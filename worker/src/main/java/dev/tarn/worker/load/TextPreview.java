package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.ColumnType.Base;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.protocol.Preview.PreviewColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first rows of files of text as a load would see them. A row that cannot be loaded is a warning here. */
final class TextPreview {
    private static final long SAMPLE_RECORDS = 5_000;
    private static final long SAMPLE_BYTES = 4 << 20;

    private final LoadContext context;
    private final TextSources sources;

    TextPreview(LoadContext context, TextSources sources) {
        this.context = context;
        this.sources = sources;
    }

    Preview of(int most) throws TaskFailedException, IOException {
        List<String> warnings = new ArrayList<>();
        TextTable table = table(warnings);
        long files = table.union().files().size();
        Profile profile = table.profile(Math.max(1, SAMPLE_RECORDS / files), Math.max(1, SAMPLE_BYTES / files));
        Layout layout = profile.layout();
        Rejects rejects = Rejects.passedOver(true);
        List<List<@Nullable String>> rows = rows(layout, rejects, most);
        warnings.addAll(table.warnings());
        warnings.addAll(profile.warnings());
        warnings.addAll(rejects.remembered());
        List<PreviewColumn> columns = layout.columns().stream()
                .filter(column -> column.source() >= 0)
                .map(column -> new PreviewColumn(layout.sourceName(column), column.name(), column.typeText()))
                .toList();
        return new Preview(table.options(layout), context.sources().names(), columns, rows, warnings);
    }

    /** Files that do not fit their table are shown as they are, and why they do not. */
    private TextTable table(List<String> warnings) throws TaskFailedException, IOException {
        try {
            return TextTable.of(context, sources);
        } catch (TaskFailedException e) {
            if (context.task().target().isEmpty() || e.failure().kind() != Kind.BAD_FILE) {
                throw e;
            }
            TextTable alone = TextTable.of(context.withoutTarget(), sources);
            warnings.add(e.failure().message());
            return alone;
        }
    }

    private List<List<@Nullable String>> rows(Layout layout, Rejects rejects, int most)
            throws IOException, TaskFailedException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (FileColumns file : layout.union().files()) {
            if (rows.size() >= most) {
                break;
            }
            try (RecordReader reader = file.source().open()) {
                if (layout.union().header()) {
                    reader.next();
                }
                Rows good = new Rows(reader, file.source().name(), file.cells(), rejects);
                while (rows.size() < most && good.next()) {
                    rows.add(row(layout, file, reader));
                }
            }
        }
        return rows;
    }

    private static List<@Nullable String> row(Layout layout, FileColumns file, RecordReader record) {
        List<@Nullable String> row = new ArrayList<>();
        for (Column column : layout.columns()) {
            if (column.source() >= 0) {
                row.add(text(layout, column, file.cellOf(column.source()), record));
            }
        }
        return Collections.unmodifiableList(row);
    }

    private static @Nullable String text(Layout layout, Column column, int cell, RecordReader record) {
        if (cell < 0) {
            return null;
        }
        int start = record.start(cell);
        int end = record.end(cell);
        Base base = column.known().base();
        boolean isText = base == Base.STRING || base == Base.NOTHING;
        boolean none = layout.nulls().contain(record.buffer(), start, end) && !(isText && record.isQuoted(cell));
        return none ? null : Faults.shown(record.buffer(), start, end);
    }
}
