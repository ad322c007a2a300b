package dev.tarn.worker.statement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.ProfilerPrintFormat;

/**
 * Compressed bytes of the column chunks that the last statement of a connection read. The footers are cached before the
 * statement starts ({@link TableViews}), so the profile's count of all bytes read is exactly that, unless the statement
 * spilled: reads of spilled blocks are in the same count. Then it is worked out from the metadata of the files: all chunks of the columns
 * that each scan projects or filters, in the share of row groups that it scanned.
 */
final class ScannedBytes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ScannedBytes() {}

    static long ofLastStatement(Instance instance, List<String> files) throws SQLException, IOException {
        String text = instance.connection().getProfilingInformation(ProfilerPrintFormat.JSON);
        if (text == null || text.isBlank()) {
            return 0;
        }
        JsonNode profile = JSON.readTree(text);
        if (profile.path("system").path("peak_temp_dir_size").asLong() == 0) {
            return profile.path("io").path("total_bytes_read").asLong();
        }
        long bytes = 0;
        for (JsonNode scan : scans(profile.path("operator"), new ArrayList<>())) {
            bytes += chunkBytes(instance, scan, files);
        }
        return bytes;
    }

    private static List<JsonNode> scans(JsonNode operators, List<JsonNode> found) {
        for (JsonNode operator : operators) {
            if (operator.path("extra_info").path("Function").asText().equals("READ_PARQUET")) {
                found.add(operator);
            }
            scans(operator.path("children"), found);
        }
        return found;
    }

    private static long chunkBytes(Instance instance, JsonNode scan, List<String> files) throws SQLException {
        JsonNode info = scan.path("extra_info");
        String named = info.path("Filename(s)").asText();
        List<String> scanned = files.stream().filter(named::contains).toList();
        Set<String> columns = new HashSet<>(texts(info.path("Projections")));
        String filters = String.join("\n", texts(info.path("Filters")));
        String sizes = "SELECT coalesce(sum(total_compressed_size), 0)::VARCHAR FROM parquet_metadata("
                + Sql.texts(scanned.isEmpty() ? files : scanned) + ") WHERE list_contains("
                + Sql.texts(new ArrayList<>(columns))
                + ", split_part(path_in_schema, ', ', 1)) OR contains(" + Sql.text(filters)
                + ", split_part(path_in_schema, ', ', 1))";
        long all = Long.parseLong(instance.text(sizes));
        long total = scan.path("total_row_groups_to_scan").asLong();
        long read = scan.path("row_groups_scanned").asLong();
        return total <= read || total == 0 ? all : Math.round((double) all * read / total);
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new HashSet<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(element -> texts.add(element.asText()));
        return texts.stream().filter(text -> !text.isEmpty()).collect(Collectors.toSet());
    }
}
