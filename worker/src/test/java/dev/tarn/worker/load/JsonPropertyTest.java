package dev.tarn.worker.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.InputFile;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RejectPolicy;
import dev.tarn.worker.protocol.WrittenFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random records: a guess from a few ends where a look at all ends, and every value means what was written. */
@Tag("slow")
class JsonPropertyTest {
    private static final int FILES = Integer.getInteger("tarn.files", 80);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @TempDir
    Path folder;

    @Test
    void theGuessEqualsTheProfileAndNothingIsChanged() throws Exception {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        int twoPasses = 0;
        for (int i = 0; i < FILES; i++) {
            List<String> records = records(new Random(seed + i));
            String text = i % 2 == 0 ? String.join("\n", records) : "[" + String.join(" ,\n", records) + "]";
            Path file = Files.writeString(folder.resolve("file.json"), text);
            try {
                Message.Loaded guessed = load(file, 3, "guess-" + i);
                Message.Loaded profiled = load(file, Long.MAX_VALUE, "exact-" + i);
                assertThat(guessed.columns()).isEqualTo(profiled.columns());
                List<String> rows = rows(guessed);
                assertThat(rows).isEqualTo(rows(profiled));
                assertThat(rows).hasSameSizeAs(records);
                for (int row = 0; row < rows.size(); row++) {
                    assertMeansTheSame(JSON.readTree(records.get(row)), JSON.readTree(rows.get(row)), "row " + row);
                }
                twoPasses += guessed.passes() - 1;
            } catch (AssertionError e) {
                throw new AssertionError("seed " + (seed + i) + ", file:\n" + text, e);
            }
        }
        // Else the property would hold for want of cases.
        assertThat(twoPasses).as("seed " + seed).isBetween(FILES / 10, FILES - FILES / 10);
    }

    private static List<String> records(Random random) {
        Shape shape = new Shape(random, 0);
        double oddity = random.nextBoolean() ? 0 : 0.01;
        List<String> records = new ArrayList<>();
        for (int i = 1 + random.nextInt(60); i > 0; i--) {
            records.add(shape.object(random, oddity));
        }
        return records;
    }

    /** What the values at one place look like, mostly. */
    private static final class Shape {
        private final int kind;
        private final List<Shape> parts = new ArrayList<>();

        Shape(Random random, int depth) {
            kind = depth == 0 ? 9 : random.nextInt(depth < 3 ? 10 : 8);
            for (int i = kind == 9 ? 1 + random.nextInt(4) : kind == 8 ? 1 : 0; i > 0; i--) {
                parts.add(new Shape(random, depth + 1));
            }
        }

        String object(Random random, double oddity) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                if (random.nextInt(5) > 0 || fields.isEmpty()) {
                    fields.add("\"k" + i + "\": " + parts.get(i).value(random, oddity));
                }
            }
            return "{" + String.join(",", fields) + "}";
        }

        private String value(Random random, double oddity) {
            if (random.nextDouble() < oddity) {
                return new Shape(random, 2).value(random, 0);
            }
            return switch (random.nextInt(12) == 0 ? -1 : kind) {
                case -1 -> "null";
                case 0 -> String.valueOf(random.nextInt(1000) - 500);
                case 1 -> String.valueOf(random.nextLong()) + (random.nextInt(20) == 0 ? "77" : "");
                case 2 -> random.nextInt(100) + "." + random.nextInt(random.nextInt(10) == 0 ? 100_000 : 10);
                case 3 -> random.nextInt(9) + "e" + random.nextInt(5);
                case 4 -> random.nextBoolean() ? "true" : "false";
                case 5 -> "\"2024-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(9) + "\"";
                case 6 -> "\"2024-01-0" + (1 + random.nextInt(9)) + "T10:00:0" + random.nextInt(9) + "\"";
                case 7 -> "\"t\\u00e9\\n\\\"" + random.nextInt(100) + " \\ud83c\\udf88\"";
                case 8 -> {
                    List<String> elements = new ArrayList<>();
                    for (int i = random.nextInt(4); i > 0; i--) {
                        elements.add(parts.getFirst().value(random, oddity));
                    }
                    yield elements.toString();
                }
                default -> object(random, oddity);
            };
        }
    }

    private Message.Loaded load(Path file, long sample, String prefix) throws Exception {
        LoadTask task = new LoadTask(
                List.of(new InputFile(file.toString(), "file.json")),
                FileOptions.FOUND,
                List.of(),
                List.of(),
                false,
                RejectPolicy.STOP,
                folder.toString(),
                prefix,
                64 << 20,
                256 << 20,
                1);
        try (BufferAllocator allocator = new RootAllocator()) {
            return new LoadRun(1, task, new Cancellation(), sample).run(allocator, folder);
        }
    }

    private static List<String> rows(Message.Loaded loaded) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (WrittenFile file : loaded.files()) {
                try (ResultSet result = statement.executeQuery(
                        "select to_json(t)::varchar from read_parquet('" + file.path() + "') t")) {
                    while (result.next()) {
                        rows.add(result.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    private static void assertMeansTheSame(@Nullable JsonNode written, @Nullable JsonNode loaded, String where)
            throws Exception {
        if (written == null || written.isNull()) {
            assertThat(loaded == null || loaded.isNull())
                    .as("%s: %s", where, loaded)
                    .isTrue();
            return;
        }
        assertThat(loaded).as(where).isNotNull();
        if (loaded == null) {
            return;
        }
        if (loaded.isTextual() && !written.isTextual()) {
            assertThat(JSON.readTree(loaded.asText())).as(where).isEqualTo(written);
        } else if (loaded.isTextual()) {
            assertThat(loaded.asText().replace(' ', 'T'))
                    .as(where)
                    .isEqualTo(written.asText().replace(' ', 'T'));
        } else if (loaded.isNumber()) {
            assertThat(loaded.decimalValue()).as(where).isEqualByComparingTo(written.decimalValue());
        } else if (loaded.isArray()) {
            assertThat(loaded.size()).as(where).isEqualTo(written.size());
            for (int i = 0; i < written.size(); i++) {
                assertMeansTheSame(written.get(i), loaded.get(i), where + "[" + i + "]");
            }
        } else if (loaded.isObject()) {
            Set<String> names = new TreeSet<>();
            loaded.fieldNames().forEachRemaining(names::add);
            written.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                assertMeansTheSame(written.get(name), loaded.get(name), where + "." + name);
            }
        } else {
            assertThat(loaded).as(where).isEqualTo(written);
        }
    }
}
