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
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark on the tables of one tenant, through the server's REST catalog, or through Iceberg's JDBC catalog on the server's own
 * database. Reads one statement a line, as a JSON text, and answers each with one line: {@code {"rows": [[...]]}}, the values as texts, or {@code {"error": "..."}}.
 *
 * <p>Arguments: Spark's settings of a catalog {@code tarn}, each as {@code name=value}. Or: the database's JDBC URL, the tenant's folder of the warehouse, the tenant's id (also the name of the catalog), how
 * many threads.
 */
public final class SparkPeer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SparkPeer() {}

    public static void main(String[] arguments) throws IOException {
        // Whatever Spark prints is no answer.
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        try (SparkSession spark = session(arguments);
                BufferedReader statements =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            answers.println("{\"ready\": true}");
            for (String line = statements.readLine(); line != null; line = statements.readLine()) {
                answers.println(JSON.writeValueAsString(answer(spark, JSON.readValue(line, String.class))));
            }
        }
    }

    private static SparkSession session(String[] arguments) {
        boolean documented = arguments[0].contains("=") && !arguments[0].startsWith("jdbc:");
        String name = documented ? "tarn" : arguments[2];
        String threads = documented ? "2" : arguments[3];
        SparkSession.Builder builder = SparkSession.builder()
                .appName("tarn-peer")
                .master("local[" + threads + "]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", threads)
                .config("spark.sql.defaultCatalog", name);
        if (documented) {
            for (String setting : arguments) {
                int equals = setting.indexOf('=');
                builder.config(setting.substring(0, equals), setting.substring(equals + 1));
            }
            return builder.getOrCreate();
        }
        String catalog = "spark.sql.catalog." + name;
        return builder.config(
                        "spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config(catalog, "org.apache.iceberg.spark.SparkCatalog")
                // Another engine may have committed since.
                .config(catalog + ".cache-enabled", "false")
                .config(catalog + ".type", "jdbc")
                .config(catalog + ".uri", arguments[0])
                .config(catalog + ".jdbc.schema-version", "V1")
                .config(catalog + ".jdbc.init-catalog-tables", "false")
                .config(catalog + ".warehouse", arguments[1])
                .getOrCreate();
    }

    private static Map<String, Object> answer(SparkSession spark, String statement) {
        Map<String, Object> answer = new LinkedHashMap<>();
        try {
            List<List<String>> rows = new ArrayList<>();
            for (Row row : spark.sql(statement).collectAsList()) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    values.add(row.isNullAt(i) ? null : String.valueOf(row.get(i)));
                }
                rows.add(values);
            }
            answer.put("rows", rows);
        } catch (Exception e) {
            answer.put("error", e.toString());
        }
        return answer;
    }
}
