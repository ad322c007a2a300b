package dev.tarn.worker.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.InputFile;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RejectPolicy;
import dev.tarn.worker.protocol.WrittenFile;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random files: the guess from a small sample ends where a profile of the whole file ends, and every value that was loaded means
 * what its text said. Replay with {@code -Dtarn.seed=...}.
 */
@Tag("slow")
class LoadPropertyTest {
    private static final int FILES = Integer.getInteger("tarn.files", 60);
    private static final Pattern LOCAL_DATE = Pattern.compile("(\\d+)[./-](\\d+)[./-]2024(.*)");

    @TempDir
    Path folder;

    @Test
    void theGuessEqualsTheProfileAndNothingIsChanged() throws Exception {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        int twoPasses = 0;
        for (int i = 0; i < FILES; i++) {
            RandomCsv csv = new RandomCsv(new Random(seed + i));
            Path file = Files.writeString(folder.resolve("file.csv"), csv.text());
            try {
                Message.Loaded guessed = load(file, csv, csv.sample(), "guess-" + i);
                Message.Loaded profiled = load(file, csv, Long.MAX_VALUE, "exact-" + i);
                assertThat(guessed.columns()).isEqualTo(profiled.columns());
                assertThat(guessed.options()).isEqualTo(profiled.options());
                assertThat(guessed.warnings()).isEqualTo(profiled.warnings());
                assertThat(profiled.passes()).isEqualTo(1);
                List<List<String>> rows = rows(guessed);
                assertThat(rows).isEqualTo(rows(profiled));
                assertMeansTheSame(csv, guessed, rows);
                twoPasses += guessed.passes() - 1;
            } catch (AssertionError e) {
                throw new AssertionError("seed " + (seed + i) + ", file:\n" + csv.text(), e);
            }
        }
        // Else the property would hold for want of cases.
        assertThat(twoPasses).as("seed " + seed).isBetween(FILES / 10, FILES - FILES / 10);
    }

    private Message.Loaded load(Path file, RandomCsv csv, long sample, String prefix) throws Exception {
        LoadTask task = new LoadTask(
                List.of(new InputFile(file.toString(), "file.csv")),
                FileOptions.csv(csv.delimiter(), null, true),
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

    private static List<List<String>> rows(Message.Loaded loaded) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            for (WrittenFile file : loaded.files()) {
                try (ResultSet result =
                        statement.executeQuery("select COLUMNS(*)::VARCHAR from read_parquet('" + file.path() + "')")) {
                    while (result.next()) {
                        List<String> row = new ArrayList<>();
                        for (int i = 1; i <= loaded.columns().size(); i++) {
                            row.add(result.getString(i));
                        }
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    private static void assertMeansTheSame(RandomCsv csv, Message.Loaded guessed, List<List<String>> rows) {
        List<LoadedColumn> columns = guessed.columns();
        assertThat(rows).hasSameSizeAs(csv.rows());
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                String text = csv.rows().get(row).get(column);
                String loaded = rows.get(row).get(column);
                assertThat(meaning(columns.get(column).type(), loaded))
                        .as("%s %s", columns.get(column), text)
                        .isEqualTo(meaning(
                                columns.get(column).type(),
                                plain(columns.get(column).type(), text, guessed.options())));
            }
        }
    }

    /** The text of a cell in the notation that needs no options. */
    private static @Nullable String plain(String type, @Nullable String text, FileOptions options) {
        if (text == null || type.equals("VARCHAR")) {
            return text;
        }
        if (NullWords.USUAL.contains(text)) {
            return null;
        }
        if (type.equals("BIGINT") || type.startsWith("DECIMAL") || type.equals("DOUBLE")) {
            return text.replace(options.thousands(), "").replace(options.decimal(), ".");
        }
        Matcher date = LOCAL_DATE.matcher(text);
        if (!date.matches()) {
            return text;
        }
        int first = Integer.parseInt(date.group(1));
        int second = Integer.parseInt(date.group(2));
        boolean dayFirst = options.dateOrder() == FileOptions.DateOrder.DMY;
        String day = String.format("2024-%02d-%02d", dayFirst ? second : first, dayFirst ? first : second);
        return date.group(3).isEmpty() ? day : day + " 0" + date.group(3).strip();
    }

    /** A value that is equal exactly when two texts mean the same. */
    private static @Nullable Object meaning(String type, @Nullable String text) {
        if (text == null || type.equals("VARCHAR")) {
            return text;
        }
        return switch (type.replaceAll("\\(.*", "")) {
            case "BOOLEAN" -> text.toLowerCase(Locale.ROOT);
            case "BIGINT", "DECIMAL" -> new BigDecimal(text).stripTrailingZeros();
            case "DOUBLE" -> number(text.toLowerCase(Locale.ROOT));
            case "DATE" -> LocalDate.parse(text);
            case "TIME" -> LocalTime.parse(text);
            case "TIMESTAMP" -> LocalDateTime.parse(text.replace(' ', 'T'));
            case "TIMESTAMP WITH TIME ZONE" ->
                OffsetDateTime.parse(text.replace(' ', 'T').replaceAll("([+-]\\d\\d)$", "$1:00"))
                        .withOffsetSameInstant(ZoneOffset.UTC);
            default -> throw new AssertionError("Unexpected type " + type);
        };
    }

    private static Object number(String text) {
        return switch (text) {
            case "nan" -> "nan";
            case "inf", "infinity" -> "inf";
            case "-inf", "-infinity" -> "-inf";
            default -> new BigDecimal(text).stripTrailingZeros();
        };
    }
}
