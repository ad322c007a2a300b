package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.protocol.Preview.PreviewColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first records as a load would see them: texts as they are, the rest as JSON. */
final class JsonPreview {
    private static final long SAMPLE_RECORDS = 5_000;
    private static final long SAMPLE_BYTES = 4 << 20;

    private final LoadContext context;

    JsonPreview(LoadContext context) {
        this.context = context;
    }

    Preview of(int most) throws TaskFailedException, IOException {
        JsonTable table = JsonTable.of(context, SAMPLE_RECORDS, SAMPLE_BYTES);
        List<EngineColumn> columns = table.read();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            places.put(table.key(columns.get(i)), i);
        }
        List<PreviewColumn> shown = columns.stream()
                .map(column -> new PreviewColumn(
                        table.key(column), column.name(), column.to().text()))
                .toList();
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<String> warnings = new ArrayList<>(table.warnings());
        try (Rejects rejects = Rejects.passedOver(true);
                JsonRows records = new JsonRows(context, rejects)) {
            while (rows.size() < most && records.textBytesRead() < SAMPLE_BYTES) {
                @Nullable String[] row = new @Nullable String[columns.size()];
                if (!records.next(record -> read(record, places, row))) {
                    break;
                }
                rows.add(Collections.unmodifiableList(Arrays.asList(row)));
            }
            warnings.addAll(rejects.remembered());
        }
        return new Preview(JsonLoad.options(table), context.sources().names(), shown, rows, warnings);
    }

    private static void read(JsonCursor in, Map<String, Integer> places, @Nullable String[] row) throws JsonFault {
        in.enter();
        for (boolean first = true; in.more(first, '}'); first = false) {
            in.name();
            Integer place = places.get(new String(in.bytes(), in.start(), in.end() - in.start(), UTF_8));
            JsonCursor.Kind kind = in.kind();
            if (place == null) {
                in.skip();
            } else if (kind == JsonCursor.Kind.TEXT) {
                in.text();
                row[place] = Faults.shown(in.bytes(), in.start(), in.end());
            } else {
                in.skipRaw();
                boolean none = kind == JsonCursor.Kind.NULL;
                row[place] = none ? null : Faults.shown(in.bytes(), in.start(), in.end());
            }
        }
    }
}
