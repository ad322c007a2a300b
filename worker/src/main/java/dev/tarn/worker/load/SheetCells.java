package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.source.SourceException;
import dev.tarn.worker.source.SourceStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cells of a sheet that have a value, row by row; rows without any are passed over. */
final class SheetCells implements AutoCloseable {
    private final Workbook workbook;
    private final CellRange range;
    private final SourceStream part;
    private final Xml xml;
    private final SerialDates dates;
    private final StringBuilder text = new StringBuilder();
    private final List<CellRange> merged = new ArrayList<>();

    private int row;
    private int[] columns = new int[64];
    private byte[][] values = new byte[64][];
    private int count;
    private long errors;
    private long formulasWithoutValue;

    SheetCells(Workbook workbook, Workbook.Sheet sheet, CellRange range) throws IOException {
        this.workbook = workbook;
        this.range = range;
        this.part = workbook.open(sheet);
        this.xml = Xml.of(workbook.name(), part);
        this.dates = workbook.dates();
    }

    /** Moves to the next row that has a value within the range; false behind the last one. */
    boolean next() throws IOException {
        while (xml.next()) {
            if (xml.starts("row")) {
                row = xml.number("r", row + 1);
                readRow();
                if (row >= range.firstRow() && row <= range.lastRow() && count > 0) {
                    return true;
                }
            } else if (xml.starts("mergeCell")) {
                String reference = xml.attribute("ref");
                CellRange cells = reference == null ? CellRange.ALL : CellRange.read(reference);
                // A title over the whole sheet's width and the like; each is a few bytes.
                if (cells.firstRow() == cells.lastRow() && merged.size() < CellRange.MAX_COLUMNS) {
                    merged.add(cells);
                }
            }
        }
        return false;
    }

    private void readRow() throws IOException {
        count = 0;
        int column = 0;
        while (xml.next() && !xml.ends("row")) {
            if (xml.starts("c")) {
                String reference = xml.attribute("r");
                column = reference == null ? column + 1 : CellRange.column(reference);
                if (column < 1 || column > CellRange.MAX_COLUMNS) {
                    throw SourceException.badFile(workbook.name() + " is damaged: a cell is nowhere in its sheet");
                }
                byte[] value = readCell();
                if (value != null && column >= range.firstColumn() && column <= range.lastColumn()) {
                    add(column, value);
                }
            }
        }
    }

    private byte @Nullable [] readCell() throws IOException {
        String type = xml.attribute("t");
        int style = xml.number("s", 0);
        boolean formula = false;
        byte[] value = null;
        while (xml.next() && !xml.ends("c")) {
            if (xml.starts("v")) {
                text.setLength(0);
                xml.appendText(text);
                value = text.isEmpty() ? null : value(type == null ? "n" : type, style);
            } else if (xml.starts("is")) {
                text.setLength(0);
                SharedTexts.appendRichText(xml, "is", text);
                value = SheetText.unescaped(text).getBytes(UTF_8);
            } else if (xml.starts("f")) {
                formula = true;
            }
        }
        if (formula && value == null && !"e".equals(type)) {
            formulasWithoutValue += "str".equals(type) ? 0 : 1;
        }
        return value == null || value.length == 0 ? null : value;
    }

    private byte @Nullable [] value(String type, int style) throws IOException {
        return switch (type) {
            case "s" -> workbook.texts().text(index());
            case "b" -> (text.charAt(0) == '1' ? "true" : "false").getBytes(UTF_8);
            case "e" -> {
                errors++;
                yield null;
            }
            case "n" ->
                dates.text(text.toString(), workbook.formats().of(style)).getBytes(UTF_8);
            case "d" -> isoDate().getBytes(UTF_8);
            default -> SheetText.unescaped(text).getBytes(UTF_8);
        };
    }

    private int index() throws SourceException {
        try {
            return Integer.parseInt(text.toString());
        } catch (NumberFormatException e) {
            throw SourceException.badFile(workbook.name() + " is damaged: a cell refers to a text that is not there");
        }
    }

    private String isoDate() {
        String date = text.toString();
        return date.endsWith("T00:00:00") ? date.substring(0, date.length() - 9) : date;
    }

    private void add(int column, byte[] value) {
        if (count == columns.length) {
            columns = Arrays.copyOf(columns, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        columns[count] = column;
        values[count++] = value;
    }

    /** The number of the present row, from 1. */
    int row() {
        return row;
    }

    /** How many cells of the present row have a value. */
    int count() {
        return count;
    }

    /** The column of one of them, from 1, in the order of the file. */
    int column(int index) {
        return columns[index];
    }

    byte[] value(int index) {
        return values[index];
    }

    /** Cells of one row that were made one; known only behind the last row. */
    List<CellRange> merged() {
        return merged;
    }

    /** Cells so far that hold an error such as #N/A. */
    long errors() {
        return errors;
    }

    /** Cells so far whose formula was never computed. */
    long formulasWithoutValue() {
        return formulasWithoutValue;
    }

    long packedBytesRead() {
        return part.packedBytesRead();
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
