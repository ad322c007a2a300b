package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.catalog.CatalogTables;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.util.StructLikeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are put into the partitions that Iceberg's own transforms say, whatever the type and the value. */
class PartitionTransformsTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final int ROWS = 60;

    private final SqlSession session = new SqlSession(SERVER);
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOOLEAN; identity",
                "INT; identity bucket truncate",
                "BIGINT; identity bucket truncate",
                "FLOAT; identity",
                "DOUBLE; identity",
                "DECIMAL(9,2); identity bucket truncate",
                "DECIMAL(18,4); identity bucket truncate",
                "DECIMAL(38,10); identity bucket truncate",
                "STRING; identity bucket truncate",
                "BINARY; identity bucket truncate",
                "DATE; identity bucket year month day",
                "TIME; identity bucket",
                "TIMESTAMP; identity bucket year month day hour",
                "TIMESTAMPTZ; identity bucket year month day hour",
                "UUID; identity bucket",
            })
    void everyTransformOfEveryType(String line) {
        String type = line.substring(0, line.indexOf(';'));
        for (String transform : line.substring(line.indexOf(';') + 2).split(" ", -1)) {
            String name = transform + random.nextInt(1_000_000);
            String field = switch (transform) {
                case "bucket" -> "bucket(" + (1 + random.nextInt(20)) + ", v)";
                case "truncate" -> "truncate(" + (1 + random.nextInt(type.equals("STRING") ? 4 : 50)) + ", v)";
                default -> transform + "(v)";
            };
            session.done("CREATE TABLE $s." + name + " (n INT, v " + type + ") PARTITIONED BY (" + field + ")");
            List<String> rows = new ArrayList<>(List.of("(0, NULL)"));
            for (int i = 1; i < ROWS; i++) {
                rows.add("(" + i + ", CAST(" + value(type) + " AS "
                        + type.replace("STRING", "VARCHAR").replace("BINARY", "BLOB") + "))");
            }
            session.done("INSERT INTO $s." + name + " VALUES " + String.join(", ", rows));
            BaseTable table = CatalogTables.of(SERVER, session.table(name));
            assertThat(PartitionValues.check(table))
                    .as("%s of %s, seed %d", field, type, seed)
                    .isEqualTo(ROWS);
            assertThat(session.rows("SELECT count(*), count(v) FROM $s." + name))
                    .isEqualTo(ROWS + "," + (ROWS - 1));
            StructLikeSet partitions = StructLikeSet.create(table.spec().partitionType());
            PartitionValues.tasks(table).forEach(task -> partitions.add(task.partition()));
            assertThat(PartitionValues.tasks(table))
                    .as("one file for each partition")
                    .hasSameSizeAs(partitions);
        }
    }

    private String value(String type) {
        return switch (type) {
            case "BOOLEAN" -> random.nextBoolean() ? "true" : "false";
            case "INT" -> one(() -> random.nextInt(), List.of("-2147483648", "2147483647", "0", "-1"), "%s");
            case "BIGINT" ->
                one(() -> random.nextLong(), List.of("-9223372036854775808", "9223372036854775807", "-1"), "'%s'");
            case "FLOAT" -> one(() -> random.nextFloat() * 100 - 50, List.of("inf", "-inf", "nan", "1e-40"), "'%s'");
            case "DOUBLE" -> one(() -> random.nextGaussian(), List.of("inf", "-inf", "nan", "1e300"), "'%s'");
            case "DECIMAL(9,2)" -> decimal(9, 2);
            case "DECIMAL(18,4)" -> decimal(18, 4);
            case "DECIMAL(38,10)" -> decimal(38, 10);
            case "STRING" ->
                one(
                        () -> letters(),
                        List.of("", "ü🎈", "a''b", "/%= .", "null", "🎈🎈🎈🎈🎈", "x".repeat(300)),
                        "'%s'");
            case "BINARY" -> {
                byte[] bytes = new byte[random.nextInt(9)];
                random.nextBytes(bytes);
                yield "unhex('" + HexFormat.of().formatHex(bytes) + "')";
            }
            case "DATE" ->
                one(
                        () -> LocalDate.ofEpochDay(random.nextInt(60_000) - 30_000L),
                        List.of("1969-12-31", "1970-01-01"),
                        "'%s'");
            case "TIME" -> "'" + LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1_000) + "'";
            case "TIMESTAMP", "TIMESTAMPTZ" ->
                one(this::moment, List.of("1969-12-31 23:59:59.999999", "1970-01-01", "1969-12-31 23:00:00"), "'%s'");
            case "UUID" -> "'" + new UUID(random.nextLong(), random.nextLong()) + "'";
            default -> throw new IllegalArgumentException(type);
        };
    }

    private String one(java.util.function.Supplier<Object> random, List<String> special, String form) {
        Function<Object, String> text = value -> form.formatted(value);
        return text.apply(
                this.random.nextInt(4) == 0 ? special.get(this.random.nextInt(special.size())) : random.get());
    }

    private String moment() {
        long micros = random.nextLong(4_000_000_000_000_000L) - 2_000_000_000_000_000L;
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000, ZoneOffset.UTC)
                .toString();
    }

    private String letters() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    List.of(0x61, 0x7a, 0xfc, 0x20ac, 0x1f388, 0x301).get(random.nextInt(6)));
        }
        return text.toString();
    }

    private String decimal(int precision, int scale) {
        BigInteger unscaled =
                new BigInteger(random.nextInt(precision * 3) + 1, random).mod(BigInteger.TEN.pow(precision));
        return "'" + new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale).toPlainString() + "'";
    }

    @Test
    void severalFieldsAndPartsOfStructs() {
        session.done("CREATE TABLE $t (id BIGINT, at TIMESTAMP, region STRING, s STRUCT<a: INT, b: STRUCT<c: STRING>>)"
                + " PARTITIONED BY (days(at), bucket(4, id), region, truncate(1, s.b.c), s.a)");
        session.done("INSERT INTO $t SELECT i, TIMESTAMP '2026-01-01' + to_hours(i), 'r' || (i % 3),"
                + " {'a': i % 2, 'b': {'c': 'x' || i}} FROM range(100) r(i)");
        BaseTable table = CatalogTables.of(SERVER, session.table("t"));
        assertThat(PartitionValues.check(table)).isEqualTo(100);
        assertThat(table.spec().fields().stream().map(f -> f.name()).toList())
                .containsExactly("at_day", "id_bucket", "region", "s.b.c_trunc", "s.a");
        assertThat(session.rows("SELECT count(*), sum(id) FROM $t WHERE region = 'r1' AND s.a = 0"))
                .isEqualTo(session.rows("SELECT count(*), sum(i) FROM range(100) r(i) WHERE i % 3 = 1 AND i % 2 = 0"));
    }
}
