package dev.tarn.worker.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.Json;
import dev.tarn.worker.duckdb.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.duckdb.ProfilerPrintFormat;

/**
 * Compressed bytes of the column chunks (with their bloom filters) that the last statement of a connection read.
 *
 * <p>The profile's count of all bytes read is exactly that when footers are cached before the statement starts ({@link
 * TableViews}) and no gap between two wanted chunks is read along with them, unless the statement spilled: reads of spilled
 * blocks are in the same count. Then it is worked out from the files' metadata: all chunks of the columns that each scan projects
 * or filters, in the share of row groups that it scanned.
 */
final class ScannedBytes {
    /** Not by a parser: the profile is malformed for some statements. Quotes in the statement's text are escaped. */
    private static final Pattern BYTES_READ = Pattern.compile("\"total_bytes_read\": (\\d+)");

    private static final Pattern SPILLED = Pattern.compile("\"peak_temp_dir_size\": [1-9]");

    private ScannedBytes() {}

    /** Before the files of the statement are first touched; its own connection must profile. */
    static void prepare(Instance instance) throws SQLException {
        instance.execute("SET parquet_metadata_cache = true");
        instance.execute("SET parquet_prefetch_column_gap = 0");
    }

    static long ofLastStatement(Instance instance, List<String> files) throws SQLException {
        String profile = instance.connection().getProfilingInformation(ProfilerPrintFormat.JSON);

        Matcher read = BYTES_READ.matcher(profile == null ? "" : profile);
        if (files.isEmpty() || !read.find()) {
            return 0;
        }
        return SPILLED.matcher(profile).find() ? ofSpilled(profile, instance, files) : Long.parseLong(read.group(1));
    }

    private static long ofSpilled(String profile, Instance instance, List<String> files) throws SQLException {
        try {
            long bytes = 0;
            for (JsonNode scan : scans(Json.read(profile).path("operator"), new ArrayList<>())) {
                bytes += chunkBytes(instance, scan, files);
            }
            return bytes;
        } catch (JsonProcessingException e) {
            return chunkBytes(instance, MissingNode.getInstance(), files);
        }
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
