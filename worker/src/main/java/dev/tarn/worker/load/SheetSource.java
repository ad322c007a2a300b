package dev.tarn.worker.load;

import java.io.IOException;
import java.util.List;

/**
 * The table of a sheet.
 *
 * @param area its first row, and all of its columns
 * @param merged cells of one row that were made one: in the first row, the text belongs to each of them
 */
record SheetSource(
        String name, Workbook workbook, Workbook.Sheet sheet, CellRange area, List<CellRange> merged, long packedBytes)
        implements TextSource {
    @Override
    public RecordReader open() throws IOException {
        return new SheetReader(new SheetCells(workbook, sheet, area), area, merged);
    }
}
