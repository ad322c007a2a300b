package dev.tarn.worker.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Cells of one column of a sheet. Whatever a spreadsheet would round is text: integers beyond 2^53, decimals of more than 15
 * digits, NaN and infinities, days that its calendar does not have.
 */
final class XlsxCell {
    private static final int MAX_CHARS = 32_767;
    private static final long EXACT_INTEGER = 1L << 53;
    private static final int EXACT_DIGITS = 15;
    private static final double DAY_MICROS = 86_400_000_000.0;
    /** 1970-01-01 as a spreadsheet counts days. */
    private static final int EPOCH = 25_569;

    private static final int LAST_DAY = 2_958_465;

    private final String column;
    private final byte[] letters;
    private final ByteTarget out;
    private final Digits digits;
    private final ByteTarget.Memory memory = new ByteTarget.Memory();
    private Value value = (sheetRow, row) -> {};

    private XlsxCell(String column, int index, ByteTarget out) {
        this.column = column;
        this.letters = letters(index);
        this.out = out;
        this.digits = new Digits(out);
    }

    private interface Value {
        void write(int sheetRow, int row) throws IOException, TaskFailedException;
    }

    static XlsxCell of(FieldVector vector, String column, int index, ByteTarget out) {
        XlsxCell cell = new XlsxCell(column, index, out);
        cell.value = cell.value(vector);
        return cell;
    }

    /** Row {@code row} of the vector, which has a value there. */
    void write(int sheetRow, int row) throws IOException, TaskFailedException {
        value.write(sheetRow, row);
    }

    private Value value(FieldVector vector) {
        return switch (vector) {
            case BitVector bits ->
                (sheetRow, row) -> {
                    open(sheetRow, Workbook.PLAIN, " t=\"b\"><v>");
                    out.put('0' + bits.get(row));
                    out.put("</v></c>");
                };
            case BigIntVector numbers -> (sheetRow, row) -> integer(sheetRow, numbers.get(row));
            case UInt8Vector numbers ->
                (sheetRow, row) -> decimal(sheetRow, new BigDecimal(Long.toUnsignedString(numbers.get(row))));
            case Float4Vector numbers ->
                (sheetRow, row) -> real(sheetRow, numbers.get(row), Float.toString(numbers.get(row)));
            case Float8Vector numbers ->
                (sheetRow, row) -> real(sheetRow, numbers.get(row), Double.toString(numbers.get(row)));
            case DecimalVector numbers -> (sheetRow, row) -> decimal(sheetRow, numbers.getObjectNotNull(row));
            case VarCharVector vectorOfTexts -> texts(new Texts(vectorOfTexts));
            case DateDayVector dates -> day(dates);
            case TimeMicroVector times ->
                (sheetRow, row) -> number(sheetRow, Workbook.TIME, Double.toString(times.get(row) / DAY_MICROS));
            case TimeStampMicroVector times -> instant(vector, row -> times.get(row));
            case TimeStampMicroTZVector times -> instant(vector, row -> times.get(row));
            default -> json(vector);
        };
    }

    private Value day(DateDayVector dates) {
        Value asText = json(dates);
        return (sheetRow, row) -> {
            long serial = serial(dates.get(row));
            if (serial < 0) {
                asText.write(sheetRow, row);
            } else {
                number(sheetRow, Workbook.DATE, Long.toString(serial));
            }
        };
    }

    private Value texts(Texts texts) {
        return (sheetRow, row) -> {
            if (texts.length(row) > MAX_CHARS * 4) {
                throw tooLong(texts.length(row) / 4, sheetRow);
            }
            text(sheetRow, texts.whole(row), Workbook.PLAIN);
        };
    }

    private TaskFailedException tooLong(int characters, int sheetRow) {
        return XlsxFile.failure("Column '" + column + "' has a value of at least " + characters + " characters in row "
                + (sheetRow - 1) + ", and a cell holds 32,767");
    }

    private interface Micros {
        long of(int row);
    }

    private Value instant(FieldVector vector, Micros micros) {
        Value asText = json(vector);
        return (sheetRow, row) -> {
            long time = micros.of(row);
            long serial = serial(Math.floorDiv(time, (long) DAY_MICROS));
            if (serial < 0) {
                asText.write(sheetRow, row);
            } else {
                double part = Math.floorMod(time, (long) DAY_MICROS) / DAY_MICROS;
                number(
                        sheetRow,
                        Workbook.TIMESTAMP,
                        BigDecimal.valueOf(serial + part).toPlainString());
            }
        };
    }

    /** Spreadsheets believe that 1900 was a leap year; -1 for a day that they do not know. */
    private static long serial(long epochDay) {
        long serial = epochDay + EPOCH;
        long counted = serial < 61 ? serial - 1 : serial;
        return counted < 1 || counted > LAST_DAY ? -1 : counted;
    }

    /** Everything else as it is in JSON: a number stays one, the rest is text. */
    private Value json(FieldVector vector) {
        JsonValue json = JsonValue.of(vector, memory);
        return (sheetRow, row) -> {
            memory.clear();
            json.write(row);
            byte[] bytes = memory.array();
            int quote = bytes[0] == '"' ? 1 : 0;
            if (quote == 1 || bytes[0] == '[' || bytes[0] == '{') {
                text(sheetRow, Arrays.copyOfRange(bytes, quote, memory.size() - quote), Workbook.PLAIN);
            } else {
                number(sheetRow, Workbook.PLAIN, new String(bytes, 0, memory.size(), UTF_8));
            }
        };
    }

    private void integer(int sheetRow, long number) throws IOException, TaskFailedException {
        if (number > EXACT_INTEGER || number < -EXACT_INTEGER) {
            text(sheetRow, Long.toString(number).getBytes(UTF_8), Workbook.PLAIN);
            return;
        }
        open(sheetRow, Workbook.PLAIN, "><v>");
        digits.integer(number);
        out.put("</v></c>");
    }

    private void real(int sheetRow, double number, String text) throws IOException, TaskFailedException {
        if (Double.isFinite(number)) {
            number(sheetRow, Workbook.PLAIN, text);
        } else {
            text(sheetRow, text.getBytes(UTF_8), Workbook.PLAIN);
        }
    }

    private void decimal(int sheetRow, BigDecimal number) throws IOException, TaskFailedException {
        String text = number.toPlainString();
        if (number.precision() > EXACT_DIGITS && number.stripTrailingZeros().precision() > EXACT_DIGITS) {
            text(sheetRow, text.getBytes(UTF_8), Workbook.PLAIN);
        } else {
            number(sheetRow, Workbook.PLAIN, text);
        }
    }

    private void number(int sheetRow, int style, String text) throws IOException {
        open(sheetRow, style, "><v>");
        out.put(text);
        out.put("</v></c>");
    }

    void text(int sheetRow, byte[] utf8, int style) throws IOException, TaskFailedException {
        if (utf8.length > MAX_CHARS) {
            int length = new String(utf8, UTF_8).length();
            if (length > MAX_CHARS) {
                throw tooLong(length, sheetRow);
            }
        }
        open(sheetRow, style, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        XmlText.write(out, utf8);
        out.put("</t></is></c>");
    }

    private void open(int sheetRow, int style, String rest) throws IOException {
        out.put("<c r=\"");
        out.put(letters);
        digits.integer(sheetRow);
        out.put('"');
        if (style != Workbook.PLAIN) {
            out.put(" s=\"");
            out.put('0' + style);
            out.put('"');
        }
        out.put(rest);
    }

    private static byte[] letters(int index) {
        StringBuilder name = new StringBuilder();
        for (int rest = index; rest >= 0; rest = rest / 26 - 1) {
            name.insert(0, (char) ('A' + rest % 26));
        }
        return name.toString().getBytes(UTF_8);
    }
}
