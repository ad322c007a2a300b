package dev.tarn.worker.load;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a sheet's table as records, each with a cell for every column. */
final class SheetReader extends RecordReader {
    private final SheetCells sheet;
    private final CellRange area;
    private final List<CellRange> merged;
    private final byte[][] values;
    private boolean started;
    private long bytes;

    SheetReader(SheetCells sheet, CellRange area, List<CellRange> merged) {
        this.sheet = sheet;
        this.area = area;
        this.merged = merged;
        this.values = new byte[Math.max(0, area.lastColumn() - area.firstColumn() + 1)][];
    }

    @Override
    boolean next() throws IOException {
        if (!sheet.next()) {
            cells = 0;
            return false;
        }
        Arrays.fill(values, null);
        for (int i = 0; i < sheet.count(); i++) {
            values[sheet.column(i) - area.firstColumn()] = sheet.value(i);
        }
        if (!started) {
            started = true;
            spreadMerged();
        }
        line = sheet.row();
        cells = 0;
        ascii = true;
        int end = 0;
        for (byte[] value : values) {
            int start = end;
            end = value == null ? end : append(value, end);
            add(start, end, false, line);
        }
        bytes += end;
        return true;
    }

    private void spreadMerged() {
        for (CellRange one : merged) {
            int first = one.firstColumn() - area.firstColumn();
            if (one.firstRow() == sheet.row() && first >= 0 && first < values.length) {
                for (int i = first + 1; i <= one.lastColumn() - area.firstColumn() && i < values.length; i++) {
                    values[i] = values[i] == null ? values[first] : values[i];
                }
            }
        }
    }

    private int append(byte[] value, int at) {
        int end = at + value.length;
        if (end > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(end, buffer.length * 2));
        }
        System.arraycopy(value, 0, buffer, at, value.length);
        for (byte b : value) {
            ascii &= b >= 0;
        }
        return end;
    }

    @Override
    @Nullable
    String recover() {
        return null;
    }

    @Override
    long textBytesRead() {
        return bytes;
    }

    @Override
    long packedBytesRead() {
        return sheet.packedBytesRead();
    }

    @Override
    String encoding() {
        return "utf-8";
    }

    @Override
    public void close() throws IOException {
        sheet.close();
    }
}
