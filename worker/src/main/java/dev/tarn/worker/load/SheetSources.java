package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sheets of a load, one of each workbook. */
final class SheetSources {
    /** Enough to see what a sheet is like, and read within a moment. */
    private static final long PREVIEWED_ROWS = 5_000;

    private SheetSources() {}

    static TextSources of(LoadContext context) throws IOException, TaskFailedException {
        FileOptions told = context.task().options();
        CellRange range = told.range() == null ? CellRange.ALL : CellRange.told(told.range());
        int skipped = told.skipLines() == null ? 0 : told.skipLines();
        if (skipped < 0) {
            throw Faults.file("skip_lines cannot be less than 0");
        }
        List<TextSource> all = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        FileOptions found = told;
        for (Source source : context.sources().all()) {
            Workbook workbook = Workbook.open(source, context.scratch());
            context.sources().closeWithThem(workbook);
            Workbook.Sheet sheet = workbook.sheet(told.sheet());
            CellRange wanted = new CellRange(
                    Math.min(range.firstRow() + skipped, CellRange.MAX_ROWS),
                    range.firstColumn(),
                    range.lastRow(),
                    range.lastColumn());
            SheetScan scan =
                    SheetScan.of(workbook, sheet, wanted, context, context.preview() ? PREVIEWED_ROWS : Long.MAX_VALUE);
            int titles = scan.isEmpty() || told.skipLines() != null ? 0 : scan.titles();
            if (titles > 0) {
                warnings.add("The first " + (titles == 1 ? "row" : titles + " rows") + " of " + source.name()
                        + " are titles and were left out; say skip_lines=0 if they belong to the table");
            }
            warnings.addAll(scan.warnings(source.name()));
            CellRange area = scan.isEmpty() ? wanted : area(scan.area(titles), wanted, told.range());
            if (all.isEmpty()) {
                found = found(told, sheet, area.firstRow() - range.firstRow());
            }
            all.add(new SheetSource(source.name(), workbook, sheet, area, scan.merged(), source.packedBytes()));
        }
        return new TextSources(all, found, warnings);
    }

    /** Told columns stay, even when some of them have no value; rows end where they were told to. */
    private static CellRange area(CellRange found, CellRange wanted, @Nullable String told) {
        return told == null
                ? found
                : new CellRange(
                        found.firstRow(),
                        wanted.firstColumn(),
                        wanted.lastRow(),
                        wanted.lastColumn() == CellRange.MAX_COLUMNS ? found.lastColumn() : wanted.lastColumn());
    }

    /** A number of a workbook is a number, whatever it looks like: how texts write them does not matter here. */
    private static FileOptions found(FileOptions told, Workbook.Sheet sheet, int skipped) {
        return new FileOptions(
                FileOptions.Format.XLSX,
                null,
                null,
                null,
                null,
                null,
                told.header(),
                skipped,
                ".",
                "",
                told.dateOrder(),
                told.nullWords(),
                sheet.name(),
                told.range());
    }
}
