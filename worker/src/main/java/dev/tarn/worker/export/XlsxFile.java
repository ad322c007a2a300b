package dev.tarn.worker.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;

/** A workbook of one sheet, with a bold header that stays in sight; rows are not kept, whatever their number. */
public final class XlsxFile implements ResultFile {
    static final int MAX_ROWS = 1_048_576;
    static final int MAX_COLUMNS = 16_384;

    private final OutputFile out;
    private final Workbook workbook;
    private final ByteTarget sheet;
    private final List<XlsxCell> cells = new ArrayList<>();
    private final List<FieldVector> vectors;
    private final Digits digits;
    private int rows;

    public XlsxFile(OutputFile out, List<FieldVector> vectors, List<String> columns)
            throws IOException, TaskFailedException {
        if (columns.size() > MAX_COLUMNS) {
            throw failure("The result has " + columns.size() + " columns, and a sheet holds 16,384");
        }
        this.out = out;
        this.vectors = vectors;
        workbook = new Workbook(out);
        workbook.writeParts();
        sheet = workbook.openSheet(widths(vectors));
        digits = new Digits(sheet);
        for (int i = 0; i < columns.size(); i++) {
            cells.add(XlsxCell.of(vectors.get(i), columns.get(i), i, sheet));
        }
        startRow();
        for (int i = 0; i < columns.size(); i++) {
            cells.get(i).text(rows, columns.get(i).getBytes(UTF_8), Workbook.HEADER);
        }
        sheet.put("</row>");
    }

    @Override
    public void write(int count) throws IOException, TaskFailedException {
        for (int row = 0; row < count; row++) {
            startRow();
            for (int i = 0; i < cells.size(); i++) {
                if (!vectors.get(i).isNull(row)) {
                    cells.get(i).write(rows, row);
                }
            }
            sheet.put("</row>");
        }
    }

    private void startRow() throws IOException, TaskFailedException {
        if (++rows > MAX_ROWS) {
            throw failure("The result has more than 1,048,575 rows, and a sheet holds no more");
        }
        sheet.put("<row r=\"");
        digits.integer(rows);
        sheet.put("\">");
    }

    @Override
    public void finish() throws IOException {
        workbook.finish(sheet);
        out.finish();
    }

    static TaskFailedException failure(String what) {
        return new TaskFailedException(Failure.of(Kind.BAD_FILE, what + "; export it as CSV or Parquet"));
    }

    /** A time stamp does not fit a column of the usual width and would show as ######. */
    private static String widths(List<FieldVector> vectors) {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < vectors.size(); i++) {
            int width = switch (vectors.get(i)) {
                case TimeStampMicroVector _, TimeStampMicroTZVector _ -> 20;
                case DateDayVector _, TimeMicroVector _ -> 12;
                default -> 0;
            };
            if (width > 0) {
                columns.append(
                        "<col min=\"%1$d\" max=\"%1$d\" width=\"%2$d\" customWidth=\"1\"/>".formatted(i + 1, width));
            }
        }
        return columns.isEmpty() ? "" : "<cols>" + columns + "</cols>";
    }
}
