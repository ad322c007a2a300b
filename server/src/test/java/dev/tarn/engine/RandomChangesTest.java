package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.catalog.CatalogTables;
import dev.tarn.catalog.JavaWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random histories of a table, of which a plain DuckDB table has the same; after each step both have the same rows. */
class RandomChangesTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final int STEPS = 24;
    private static final Schema SCHEMA = new Schema(
            NestedField.optional(1, "id", Types.LongType.get()),
            NestedField.optional(2, "k", Types.IntegerType.get()),
            NestedField.optional(3, "v", Types.DecimalType.of(9, 2)),
            NestedField.optional(4, "s", Types.StringType.get()));

    private final Random random = new Random();
    private String text = "s";
    private int columns;

    @ParameterizedTest
    @CsvSource({
        "1, copy-on-write, false",
        "2, copy-on-write, true",
        "2, merge-on-read, false",
        "2, merge-on-read, true",
        "3, copy-on-write, false",
        "3, merge-on-read, true"
    })
    void theRowsAreDuckDbs(int version, String mode, boolean partitioned) throws SQLException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RandomChangesTest -Dseed=" + seed);
        random.setSeed(seed);
        Map<String, String> properties = new HashMap<>(Map.of("format-version", Integer.toString(version)));
        List.of("delete", "update", "merge").forEach(verb -> properties.put("write." + verb + ".mode", mode));
        if (random.nextBoolean()) {
            properties.put("write.delete.granularity", "partition");
        }
        PartitionSpec spec =
                partitioned ? PartitionSpec.builderFor(SCHEMA).identity("k").build() : PartitionSpec.unpartitioned();
        ChangesClient table = new ChangesClient(SERVER, CatalogTables.create(SERVER, SCHEMA, spec, properties));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement plain = duckdb.createStatement()) {
            plain.execute("CREATE TABLE t (id BIGINT, k INTEGER, v DECIMAL(9,2), s VARCHAR)");
            for (int step = 0; step < STEPS; step++) {
                String change = step == 0 ? insert(0) : change(step);
                String told = "seed " + seed + ", step " + step + ": " + change;
                boolean counts = !change.startsWith("ALTER");
                long expected = counts ? plain.executeUpdate(change.replace("$t", "t")) : 0;
                if (counts) {
                    assertThat(table.changed(change)).as(told).isEqualTo(expected);
                } else {
                    plain.execute(change.replace("$t", "t"));
                    table.run(change);
                }
                assertThat(table.rows("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM $t ORDER BY ALL"))
                        .as(told)
                        .isEqualTo(rows(plain));
            }
        }
        JavaWriter iceberg = new JavaWriter(SERVER, table.table());
        // Iceberg's decimals have all digits of their scale.
        assertThat(iceberg.sql(null))
                .as("seed " + seed)
                .isEqualTo(iceberg.iceberg(null).stream()
                        .map(row -> row.replaceAll("\\.(\\d)0\\b", ".$1"))
                        .sorted()
                        .toList());
    }

    private static String rows(Statement plain) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (ResultSet result = plain.executeQuery("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM t ORDER BY ALL")) {
            while (result.next()) {
                rows.append(rows.isEmpty() ? "" : "|");
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    rows.append(i == 1 ? "" : ",").append(result.getString(i));
                }
            }
        }
        return rows.toString();
    }

    private String change(int step) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> insert(step);
            case 2, 3 -> "DELETE FROM $t WHERE " + condition("");
            case 4 -> "DELETE FROM $t AS a USING range(%d) r(i) WHERE a.id = r.i * 3".formatted(random.nextInt(30));
            case 5, 6 -> "UPDATE $t SET v = v + 1, %1$s = 'u' || id WHERE %2$s".formatted(text, condition(""));
            case 7 -> alter();
            default -> merge(step);
        };
    }

    private String insert(int step) {
        return "INSERT INTO $t (id, k, v, %s) SELECT i, CASE WHEN i %% 11 <> 0 THEN i %% 4 END, i / 4, CASE WHEN i %% 5 <> 0 THEN 's%d_' || i END FROM range(%d, %d) r(i)"
                .formatted(text, step, random.nextInt(40), 41 + random.nextInt(30));
    }

    private String alter() {
        if (random.nextBoolean()) {
            return "ALTER TABLE $t ADD COLUMN n%d INTEGER".formatted(columns++);
        }
        String old = text;
        text = old.equals("s") ? "renamed" : "s";
        return "ALTER TABLE $t RENAME COLUMN %s TO %s".formatted(old, text);
    }

    private String merge(int step) {
        int from = random.nextInt(60);
        String source =
                "(SELECT i AS id, CAST(i %% 4 AS INTEGER) AS k, CAST(i AS DECIMAL(9,2)) AS v, 'm%d_' || i AS w FROM range(%d, %d) r(i))"
                        .formatted(step, from, from + random.nextInt(40));
        return "MERGE INTO $t AS a USING " + source + " AS b ON a.id = b.id AND a.k = b.k"
                + " WHEN MATCHED AND " + condition("a.") + " THEN DELETE"
                + (random.nextBoolean() ? " WHEN MATCHED AND b.k = 1 THEN DO NOTHING" : "")
                + " WHEN MATCHED THEN UPDATE SET v = a.v + b.v, %s = b.w".formatted(text)
                + (random.nextBoolean() ? " WHEN NOT MATCHED AND b.k = 2 THEN DO NOTHING" : "")
                + " WHEN NOT MATCHED THEN INSERT (id, k, %s) VALUES (id, k, w)".formatted(text)
                + (random.nextBoolean() ? " WHEN NOT MATCHED BY SOURCE AND " + condition("a.") + " THEN DELETE" : "")
                + (random.nextBoolean() ? " WHEN NOT MATCHED BY SOURCE AND a.id < 20 THEN UPDATE SET k = 3" : "");
    }

    private String condition(String of) {
        int number = random.nextInt(60);
        return switch (random.nextInt(6)) {
            case 0 -> "%sid = %d".formatted(of, number);
            case 1 -> "%sid BETWEEN %d AND %d".formatted(of, number, number + 8);
            case 2 -> "%sk = %d AND %sv > %d".formatted(of, number % 4, of, number / 4);
            case 3 -> "%s%s LIKE 's%%_%d%%'".formatted(of, text, number % 10);
            case 4 -> "%sk IS NULL".formatted(of);
            default -> "%sid IN (SELECT max(id) FROM $t)".formatted(of);
        };
    }
}
