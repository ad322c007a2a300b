package dev.tarn.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * Flink in batch mode. Reads one statement a line, as a JSON text, and answers each with one line: {@code {"rows": [[...]]}}, the
 * values as texts, or {@code {"error": "..."}}.
 */
public final class FlinkPeer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FlinkPeer() {}

    public static void main(String[] arguments) throws IOException {
        // Whatever Flink prints is no answer.
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        flink.getConfig().set("parallelism.default", "2");
        try (BufferedReader statements =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            answers.println("{\"ready\": true}");
            for (String line = statements.readLine(); line != null; line = statements.readLine()) {
                answers.println(JSON.writeValueAsString(answer(flink, JSON.readValue(line, String.class))));
            }
        }
        System.exit(0);
    }

    private static Map<String, Object> answer(TableEnvironment flink, String statement) {
        Map<String, Object> answer = new LinkedHashMap<>();
        List<List<String>> rows = new ArrayList<>();
        TableResult result;
        try {
            result = flink.executeSql(statement);
            if (statement.startsWith("INSERT")) {
                result.await();
                answer.put("rows", rows);
                return answer;
            }
        } catch (Exception e) {
            answer.put("error", reason(e));
            return answer;
        }
        try (CloseableIterator<Row> found = result.collect()) {
            while (found.hasNext()) {
                Row row = found.next();
                List<String> values = new ArrayList<>();
                for (int i = 0; i < row.getArity(); i++) {
                    values.add(row.getField(i) == null ? null : String.valueOf(row.getField(i)));
                }
                rows.add(values);
            }
            answer.put("rows", rows);
        } catch (Exception e) {
            answer.put("error", reason(e));
        }
        return answer;
    }

    private static String reason(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return failure + ": " + cause;
    }
}
