package dev.tarn.worker.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where the table of a sheet lies: below titles, within the rows and columns that have values. */
final class SheetScan {
    private static final int MOST_TITLES = 20;
    private static final int COLUMNS_BELOW = 3;
    private static final long CHECKED_ROWS = 4_096;

    /** What is known of one of the first rows. */
    private record First(int row, int count, int firstColumn, int lastColumn) {}

    private final List<First> firsts = new ArrayList<>();
    private final List<CellRange> merged = new ArrayList<>();
    private int firstColumn = Integer.MAX_VALUE;
    private int lastColumn;
    private long errors;
    private long formulasWithoutValue;

    private SheetScan() {}

    /** Reads the sheet, or its beginning only when {@code most} rows are enough. */
    static SheetScan of(Workbook workbook, Workbook.Sheet sheet, CellRange range, LoadContext context, long most)
            throws IOException {
        SheetScan scan = new SheetScan();
        try (SheetCells cells = new SheetCells(workbook, sheet, range)) {
            for (long rows = 0; rows < most && cells.next(); rows++) {
                scan.add(cells);
                if (rows % CHECKED_ROWS == 0) {
                    context.progress().at(cells.packedBytesRead(), 0);
                }
            }
            scan.merged.addAll(cells.merged());
            scan.errors = cells.errors();
            scan.formulasWithoutValue = cells.formulasWithoutValue();
        }
        return scan;
    }

    private void add(SheetCells cells) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (int i = 0; i < cells.count(); i++) {
            first = Math.min(first, cells.column(i));
            last = Math.max(last, cells.column(i));
        }
        if (firsts.size() <= MOST_TITLES) {
            firsts.add(new First(cells.row(), cells.count(), first, last));
        } else {
            firstColumn = Math.min(firstColumn, first);
            lastColumn = Math.max(lastColumn, last);
        }
    }

    boolean isEmpty() {
        return firsts.isEmpty();
    }

    /** How many rows with one value stand as titles above the first row of the table. */
    int titles() {
        int titles = 0;
        while (titles < firsts.size() && titles < MOST_TITLES && firsts.get(titles).count == 1) {
            titles++;
        }
        if (titles == 0 || titles == firsts.size()) {
            return 0;
        }
        First below = firsts.get(titles);
        boolean apart = below.row - firsts.get(titles - 1).row > 1;
        boolean wide = merged.stream().anyMatch(cells -> cells.firstRow() == firsts.getFirst().row);
        return apart || wide || below.count >= COLUMNS_BELOW ? titles : 0;
    }

    /** Rows and columns of the table below so many titles. */
    CellRange area(int titles) {
        int first = firstColumn;
        int last = lastColumn;
        for (First row : firsts.subList(titles, firsts.size())) {
            first = Math.min(first, row.firstColumn);
            last = Math.max(last, row.lastColumn);
        }
        int firstRow = firsts.get(titles).row;
        for (CellRange cells : merged) {
            last = cells.firstRow() == firstRow && cells.firstColumn() <= last
                    ? Math.max(last, cells.lastColumn())
                    : last;
        }
        return new CellRange(firstRow, first, CellRange.MAX_ROWS, last);
    }

    List<CellRange> merged() {
        return merged;
    }

    List<String> warnings(String name) {
        List<String> warnings = new ArrayList<>();
        if (errors > 0) {
            warnings.add((errors == 1 ? "1 cell" : errors + " cells") + " of " + name
                    + (errors == 1 ? " holds" : " hold") + " an error such as #N/A, which is no value");
        }
        if (formulasWithoutValue > 0) {
            warnings.add((formulasWithoutValue == 1 ? "1 formula" : formulasWithoutValue + " formulas") + " of " + name
                    + " were never computed and have no value; open and save it in a spreadsheet program first");
        }
        return warnings;
    }
}
