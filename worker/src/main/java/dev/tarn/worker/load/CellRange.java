package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cells of a sheet; rows and columns count from 1, both ends belong to it. */
record CellRange(int firstRow, int firstColumn, int lastRow, int lastColumn) {
    static final int MAX_ROWS = 1_048_576;
    static final int MAX_COLUMNS = 16_384;
    static final CellRange ALL = new CellRange(1, 1, MAX_ROWS, MAX_COLUMNS);

    private static final Pattern TEXT =
            Pattern.compile("\\$?([A-Z]{1,3})\\$?(\\d{1,7})?(?::\\$?([A-Z]{1,3})\\$?(\\d{1,7})?)?");

    /** As {@code B2:F40}; {@code B2:F} has no last row, {@code B:F} all rows. */
    static CellRange told(String text) throws TaskFailedException {
        Matcher matcher = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (matcher.matches() && (matcher.group(2) != null || matcher.group(3) != null)) {
            CellRange range = of(matcher);
            if (range.firstRow >= 1
                    && range.firstRow <= range.lastRow
                    && range.firstColumn <= range.lastColumn
                    && range.lastRow <= MAX_ROWS
                    && range.lastColumn <= MAX_COLUMNS) {
                return range;
            }
        }
        throw Faults.file("The range must be like B2:F40, and not '" + Faults.brief(text) + "'");
    }

    /** What the file itself says; all cells when that is nothing sensible. */
    static CellRange read(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() && matcher.group(2) != null ? of(matcher) : ALL;
    }

    private static CellRange of(Matcher matcher) {
        String lastColumn = matcher.group(3) == null ? matcher.group(1) : matcher.group(3);
        String firstRow = matcher.group(2);
        String lastRow = matcher.group(3) == null ? firstRow : matcher.group(4);
        return new CellRange(
                firstRow == null ? 1 : Integer.parseInt(firstRow),
                column(matcher.group(1)),
                lastRow == null ? MAX_ROWS : Integer.parseInt(lastRow),
                column(lastColumn));
    }

    /** The number of a column's letters, which may be followed by anything else. */
    static int column(String reference) {
        int column = 0;
        for (int i = 0; i < reference.length() && column <= MAX_COLUMNS; i++) {
            char c = reference.charAt(i);
            if (c < 'A' || c > 'Z') {
                break;
            }
            column = column * 26 + c - 'A' + 1;
        }
        return column;
    }
}
