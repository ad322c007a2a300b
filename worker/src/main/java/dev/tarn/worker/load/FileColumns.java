package dev.tarn.worker.load;

import java.util.Arrays;

/** The cells of one file's records, and which column of all files together each of them belongs to. */
final class FileColumns {
    private final TextSource source;
    private final int cells;
    private int[] cellOf;

    /** Until more is told, cell by cell the columns in their order. */
    FileColumns(TextSource source, int cells) {
        this.source = source;
        this.cells = cells;
        cellOf = new int[cells];
        for (int i = 0; i < cells; i++) {
            cellOf[i] = i;
        }
    }

    FileColumns(TextSource source, int cells, int columns) {
        this.source = source;
        this.cells = cells;
        cellOf = new int[columns];
        Arrays.fill(cellOf, -1);
    }

    TextSource source() {
        return source;
    }

    /** How many cells every record must have. */
    int cells() {
        return cells;
    }

    void put(int column, int cell) {
        if (column >= cellOf.length) {
            int before = cellOf.length;
            cellOf = Arrays.copyOf(cellOf, Math.max(column + 1, before * 2));
            Arrays.fill(cellOf, before, cellOf.length, -1);
        }
        cellOf[column] = cell;
    }

    boolean has(int column) {
        return cellOf(column) >= 0;
    }

    /** The cell of a column, -1 when the file does not have it. */
    int cellOf(int column) {
        return column >= 0 && column < cellOf.length ? cellOf[column] : -1;
    }
}
