package dev.tarn.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetailSampleTest {
    private static final LocalDateTime UNTIL = LocalDateTime.of(2026, 11, 27, 10, 30);
    private static final RetailSample.Size SMALL = new RetailSample.Size(3_000, 200, 20_000);

    private static List<List<String>> rows(RetailSample sample, String table) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        text(sample, table).lines().skip(1).forEach(line -> rows.add(fields(line)));
        return rows;
    }

    private static String text(RetailSample sample, String table) throws IOException {
        SampleTable found = sample.tables().stream()
                .filter(candidate -> candidate.name().equals(table))
                .findFirst()
                .orElseThrow();
        try (InputStream csv = found.csv().get()) {
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    @Test
    void theFullSampleHasItsRows() throws IOException {
        Map<String, Long> rows = new HashMap<>();
        for (SampleTable table : new RetailSample(1, UNTIL, RetailSample.FULL).tables()) {
            try (InputStream csv = table.csv().get()) {
                byte[] buffer = new byte[1 << 16];
                long lines = -1;
                for (int read = csv.read(buffer); read >= 0; read = csv.read(buffer)) {
                    for (int i = 0; i < read; i++) {
                        lines += buffer[i] == '\n' ? 1 : 0;
                    }
                }
                rows.put(table.name(), lines);
            }
        }
        assertThat(rows)
                .containsEntry("customers", 60_000L)
                .containsEntry("products", 2_000L)
                .containsEntry("orders", 300_000L);
        assertThat(rows.get("order_items")).isBetween(830_000L, 850_000L);
    }

    @Test
    void theSameSeedAndEndGiveTheSameBytes() throws IOException {
        for (String table : List.of("customers", "products", "orders", "order_items")) {
            String once = text(new RetailSample(1, UNTIL, SMALL), table);
            RetailSample sample = new RetailSample(1, UNTIL, SMALL);
            assertThat(text(sample, table)).isEqualTo(once);
            assertThat(text(sample, table)).as("read again").isEqualTo(once);
            assertThat(text(new RetailSample(2, UNTIL, SMALL), table)).isNotEqualTo(once);
        }
    }

    @Test
    void everyReferenceLeadsToARowAndEveryTotalIsTheSumOfItsItems() throws IOException {
        RetailSample sample = new RetailSample(3, UNTIL, SMALL);
        Map<String, String> signedUp = new HashMap<>();
        rows(sample, "customers").forEach(row -> signedUp.put(row.get(0), row.get(9)));
        Map<String, String> prices = new HashMap<>();
        rows(sample, "products").forEach(row -> prices.put(row.get(0), row.get(4)));
        assertThat(signedUp).hasSize(3_000);
        assertThat(prices).hasSize(200);
        Map<String, BigDecimal> sums = new HashMap<>();
        for (List<String> item : rows(sample, "order_items")) {
            assertThat(prices).containsEntry(item.get(2), item.get(4));
            sums.merge(item.get(0), new BigDecimal(item.get(6)), BigDecimal::add);
        }
        List<List<String>> orders = rows(sample, "orders");
        assertThat(sums).hasSize(orders.size());
        for (List<String> order : orders) {
            assertThat(sums).containsEntry(order.get(0), new BigDecimal(order.get(8)));
            assertThat(signedUp.get(order.get(1)))
                    .as("signed up before ordering")
                    .isLessThanOrEqualTo(order.get(2));
        }
    }

    @Test
    void ordersComeInOrderOverThreeYearsUntilToday() throws IOException {
        List<String> times = rows(new RetailSample(4, UNTIL, SMALL), "orders").stream()
                .map(row -> row.get(2))
                .toList();
        assertThat(times).isSorted();
        assertThat(times.getFirst()).startsWith("2023-11-27");
        assertThat(times.getLast()).startsWith("2026-11-27").isLessThan("2026-11-27 10:30:00");
    }

    @Test
    void theRhythmIsVisible() throws IOException {
        List<String> times = rows(new RetailSample(5, UNTIL, SMALL), "orders").stream()
                .map(row -> row.get(2))
                .toList();
        assertThat(times.stream().filter(time -> time.startsWith("2025-12")).count())
                .isGreaterThan(times.stream()
                                .filter(time -> time.startsWith("2025-02"))
                                .count()
                        * 5
                        / 4);
        assertThat(times.stream().filter(time -> time.contains(" 20:")).count())
                .isGreaterThan(
                        times.stream().filter(time -> time.contains(" 03:")).count() * 10);
    }

    @Test
    void hasNullsQuotesCommasAndOtherAlphabets() throws IOException {
        RetailSample sample = new RetailSample(6, UNTIL, SMALL);
        assertThat(text(sample, "customers")).contains("東京", "Łódź", "İstanbul", "\"Portland, Maine\"", ",,");
        assertThat(text(sample, "products")).contains("\"\"as grandmother had it\"\"");
        assertThat(rows(sample, "customers")).allSatisfy(row -> assertThat(row).hasSize(11));
        assertThat(rows(sample, "orders")).allSatisfy(row -> assertThat(row).hasSize(11));
        assertThat(rows(sample, "products")).allSatisfy(row -> assertThat(row).hasSize(10));
    }
}
