package dev.tarn.worker.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * RFC 4180 with a header line. No value is an empty cell and an empty text is a quoted one, so that they can be told apart; nested
 * values are JSON.
 */
public final class CsvFile implements ResultFile {
    private final OutputFile out;
    private final List<JsonValue> cells = new ArrayList<>();
    private final ByteTarget.Memory memory = new ByteTarget.Memory();

    public CsvFile(OutputFile out, List<FieldVector> vectors, List<String> columns) throws IOException {
        this.out = out;
        for (int i = 0; i < columns.size(); i++) {
            out.put(i == 0 ? "" : ",");
            byte[] name = columns.get(i).getBytes(UTF_8);
            text(name, name.length);
            cells.add(cell(vectors.get(i)));
        }
        out.put("\r\n");
    }

    @Override
    public void write(int rows) throws IOException {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < cells.size(); i++) {
                if (i > 0) {
                    out.put(',');
                }
                cells.get(i).write(row);
            }
            out.put('\r');
            out.put('\n');
        }
    }

    @Override
    public void finish() throws IOException {
        out.finish();
    }

    private JsonValue cell(FieldVector vector) {
        JsonValue value = notNull(vector, new Digits(out));
        return row -> {
            if (!vector.isNull(row)) {
                value.write(row);
            }
        };
    }

    private JsonValue notNull(FieldVector vector, Digits digits) {
        return switch (vector) {
            case NullVector _ -> row -> {};
            case BitVector bits -> row -> out.put(bits.get(row) != 0 ? "true" : "false");
            case IntVector numbers -> row -> digits.integer(numbers.get(row));
            case BigIntVector numbers -> row -> digits.integer(numbers.get(row));
            case DecimalVector numbers -> {
                Decimals decimals = new Decimals(numbers);
                yield row -> decimals.write(out, digits, row);
            }
            case DateDayVector dates -> row -> digits.date(dates.get(row));
            case TimeMicroVector times -> row -> digits.time(times.get(row));
            case TimeStampMicroVector times -> row -> digits.timestamp(times.get(row), false);
            case TimeStampMicroTZVector times -> row -> digits.timestamp(times.get(row), true);
            case VarCharVector column -> texts(new Texts(column));
            default -> throughJson(vector);
        };
    }

    /** What JSON has in quotes is text here, and what it has in brackets too. */
    private JsonValue throughJson(FieldVector vector) {
        JsonValue json = JsonValue.of(vector, memory);
        boolean nested = !vector.getChildrenFromFields().isEmpty();
        boolean inQuotes = vector instanceof VarBinaryVector;
        return row -> {
            memory.clear();
            json.write(row);
            byte[] bytes = memory.array();
            int length = memory.size();
            if (nested || inQuotes) {
                int quote = inQuotes ? 1 : 0;
                text(Arrays.copyOfRange(bytes, quote, length - quote), length - 2 * quote);
            } else if (bytes[0] == '"') {
                out.put(bytes, 1, length - 2);
            } else {
                out.put(bytes, 0, length);
            }
        };
    }

    private JsonValue texts(Texts texts) {
        return row -> {
            if (texts.length(row) <= Texts.PIECE_BYTES) {
                texts.read(row, this::text);
            } else {
                out.put('"');
                texts.read(row, this::doubled);
                out.put('"');
            }
        };
    }

    private void text(byte[] utf8, int length) throws IOException {
        if (needsQuotes(utf8, length)) {
            out.put('"');
            doubled(utf8, length);
            out.put('"');
        } else {
            out.put(utf8, 0, length);
        }
    }

    private void doubled(byte[] utf8, int length) throws IOException {
        int plain = 0;
        for (int i = 0; i < length; i++) {
            if (utf8[i] == '"') {
                out.put(utf8, plain, i + 1 - plain);
                plain = i;
            }
        }
        out.put(utf8, plain, length - plain);
    }

    /** Blanks at the ends too: many programs take them away from cells without quotes. */
    private static boolean needsQuotes(byte[] utf8, int length) {
        if (length == 0 || utf8[0] == ' ' || utf8[length - 1] == ' ') {
            return true;
        }
        for (int i = 0; i < length; i++) {
            byte b = utf8[i];
            if (b == ',' || b == '"' || b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }
}
