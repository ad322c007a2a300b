package dev.tarn.worker.load;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A random file whose columns are mostly of one kind, and often of another one from some row on. */
final class RandomCsv {
    private static final List<String> WORDS = List.of(
            "x",
            "",
            " ",
            "é🎈",
            "say \"hi\"",
            "a,b",
            "two\nlines",
            "00123",
            "+1",
            "1,000",
            "1_0",
            "-",
            ".",
            "5.",
            "1e",
            "0x1F",
            "-.",
            "NULL",
            "N/A",
            "1.234.5",
            "31/13/2024",
            "2020-13-01",
            "24:00:00",
            "1e999",
            "123456789012345678901234567890123456789",
            "\r\n",
            "12:30");
    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");

    private static final List<String> NULL_WORDS = List.of("NULL", "N/A");
    private static final int KINDS = 16;

    private final Random random;
    /** Which of several ways of writing numbers and dates most columns of the file have. */
    private final int style;

    private final String delimiter;
    private final String text;
    private final int sample;
    private final List<List<String>> rows = new ArrayList<>();

    RandomCsv(Random random) {
        this.random = random;
        style = random.nextInt(3);
        delimiter = DELIMITERS.get(random.nextInt(DELIMITERS.size()));
        int columns = 2 + random.nextInt(5);
        int count = 1 + random.nextInt(60);
        sample = 1 + random.nextInt(count + 5);
        int[] kinds = new int[columns];
        int[] later = new int[columns];
        for (int column = 0; column < columns; column++) {
            kinds[column] = random.nextInt(KINDS);
            later[column] = random.nextInt(3) > 0 ? kinds[column] : random.nextInt(KINDS);
        }
        int change = random.nextInt(count + 1);
        StringBuilder file = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            file.append(column == 0 ? "" : delimiter).append("name").append(column);
        }
        file.append(lineEnd());
        for (int row = 0; row < count; row++) {
            List<String> values = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                String value = random.nextInt(10) == 0 ? null : value(row < change ? kinds[column] : later[column]);
                String cell = cell(value);
                values.add(NULL_WORDS.contains(cell) ? null : value);
                file.append(column == 0 ? "" : delimiter).append(cell);
            }
            rows.add(values);
            file.append(lineEnd());
        }
        text = file.toString();
    }

    String text() {
        return text;
    }

    String delimiter() {
        return delimiter;
    }

    long sample() {
        return sample;
    }

    /** The values as they stand in the file, without quotes; null where a cell is empty. */
    List<List<String>> rows() {
        return rows;
    }

    private String value(int kind) {
        return switch (kind) {
            case 0 -> random.nextBoolean() ? "true" : "FALSE";
            case 1 -> String.valueOf(random.nextInt(2000) - 1000);
            case 2 -> String.valueOf(random.nextLong());
            case 3 -> digits(1 + random.nextInt(40));
            case 4 ->
                digits(1 + random.nextInt(12)) + "."
                        + String.format("%0" + (1 + random.nextInt(8)) + "d", random.nextInt(10));
            case 5 -> digits(1 + random.nextInt(30)) + "." + digits(1 + random.nextInt(15));
            case 6 ->
                List.of("1e5", "-2.5E-3", "NaN", "Infinity", "-inf", "1.25", "7", "123456789012345678e2")
                        .get(random.nextInt(random.nextInt(4) == 0 ? 8 : 7));
            case 7 ->
                LocalDate.of(1 + random.nextInt(9999), 1, 1)
                        .plusDays(random.nextInt(365))
                        .toString();
            case 8 -> time();
            case 9 -> "2020-02-29" + (random.nextBoolean() ? "T" : " ") + time();
            case 10 ->
                "1999-12-31 " + time()
                        + List.of("Z", "+00:00", "-11:30", "+14:00").get(random.nextInt(4));
            case 11 -> localNumber(random.nextInt(8) == 0 ? random.nextInt(3) : style);
            case 12 -> localNumber(style).replaceAll("[.,](?=.*[.,])", "");
            case 13, 14 -> localDate(random.nextInt(12) == 0 ? random.nextInt(3) : style);
            default -> WORDS.get(random.nextInt(WORDS.size()));
        };
    }

    private String localNumber(int kind) {
        String point = kind == 0 ? "." : ",";
        String group = kind == 0 ? "," : ".";
        String number = String.valueOf(1 + random.nextInt(999));
        for (int i = random.nextInt(3); i > 0; i--) {
            number += group + String.format("%03d", random.nextInt(1000));
        }
        return random.nextInt(3) == 0 ? number : number + point + digits(1 + random.nextInt(4));
    }

    /** Often of a day that does not tell the order. */
    private String localDate(int kind) {
        int day = 1 + random.nextInt(random.nextInt(4) == 0 ? 28 : 12);
        int month = 1 + random.nextInt(12);
        String separator = List.of("/", ".", "-").get(random.nextInt(3));
        String date = (kind == 0 ? month + separator + day : day + separator + month) + separator + "2024";
        return random.nextInt(3) > 0 ? date : date + " 1:02:03";
    }

    private String digits(int count) {
        String digits = new BigInteger(count * 4, random).toString();
        return digits.length() > count ? digits.substring(0, count).replaceFirst("^0+(?=.)", "") : digits;
    }

    private String time() {
        String time = String.format("%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
        return random.nextBoolean() ? time : time + "." + (1 + random.nextInt(999_999));
    }

    private String cell(@Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean needed = value.isEmpty()
                || value.contains(delimiter)
                || value.contains("\"")
                || value.contains("\n")
                || value.contains("\r");
        return needed || random.nextInt(5) == 0 ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private String lineEnd() {
        return List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    }
}
