package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of all files together: those of the first one in its order, then what each further file adds. Columns are the same
 * when their names are, ignoring case; without headers, when their positions are.
 */
final class Union {
    static final int MAX_COLUMNS = 5_000;
    private static final int MOST_WARNINGS = 10;

    private final boolean header;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> exact = new HashMap<>();
    private final Map<String, Integer> folded = new HashMap<>();
    private final List<FileColumns> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Union(boolean header) {
        this.header = header;
    }

    static Union of(TextSources sources, boolean header, List<TargetColumn> target)
            throws IOException, TaskFailedException {
        Union union = new Union(header);
        boolean several = sources.all().size() > 1;
        for (TextSource source : sources.all()) {
            try (RecordReader reader = source.open()) {
                union.add(source, reader, target);
            } catch (TaskFailedException e) {
                throw several ? Faults.in(source.name(), e) : e;
            }
        }
        if (union.files.isEmpty()) {
            throw Faults.file(
                    several
                            ? "All files are empty"
                            : "The file " + sources.all().getFirst().name() + " is empty");
        }
        union.warnOfMissing();
        return union;
    }

    private void add(TextSource source, RecordReader reader, List<TargetColumn> target)
            throws IOException, TaskFailedException {
        if (!reader.next()) {
            warnings.add("The file " + source.name() + " is empty");
            return;
        }
        int cells = reader.cells();
        if (cells > MAX_COLUMNS) {
            throw Faults.file("The file has " + cells + " columns; a table can have " + MAX_COLUMNS);
        }
        Rows.check(reader, cells);
        if (header) {
            List<String> cellTexts = new ArrayList<>();
            for (int cell = 0; cell < cells; cell++) {
                cellTexts.add(reader.text(cell));
            }
            addNamed(source, TargetColumns.namesOf(target, cellTexts));
        } else {
            addUnnamed(source, cells);
        }
    }

    private void addNamed(TextSource source, List<String> own) throws TaskFailedException {
        HeaderNames.check(own);
        FileColumns file = new FileColumns(source, own.size(), names.size() + own.size());
        for (int cell = 0; cell < own.size(); cell++) {
            String name = own.get(cell);
            Integer column = exact.get(name);
            if (column == null && !files.isEmpty()) {
                column = folded.get(HeaderNames.folded(name));
            }
            if (column == null || file.has(column)) {
                column = names.size();
                names.add(name);
                exact.put(name, column);
                folded.putIfAbsent(HeaderNames.folded(name), column);
            }
            file.put(column, cell);
        }
        files.add(file);
        if (names.size() > MAX_COLUMNS) {
            throw Faults.file("The files have " + names.size() + " columns together; a table can have " + MAX_COLUMNS);
        }
    }

    private void addUnnamed(TextSource source, int cells) throws TaskFailedException {
        if (files.isEmpty()) {
            names.addAll(HeaderNames.numbered(cells));
        } else if (cells != names.size()) {
            throw Faults.file("Without headers all files must have as many columns, but "
                    + files.getFirst().source().name() + " has " + names.size() + " and " + source.name() + " has "
                    + cells);
        }
        files.add(new FileColumns(source, cells));
    }

    private void warnOfMissing() {
        for (FileColumns file : files) {
            List<String> missing = new ArrayList<>();
            for (int column = 0; column < names.size(); column++) {
                if (!file.has(column)) {
                    missing.add("'" + Faults.brief(names.get(column)) + "'");
                }
            }
            if (!missing.isEmpty() && warnings.size() < MOST_WARNINGS) {
                warnings.add(file.source().name() + " lacks "
                        + (missing.size() == 1
                                ? "column " + missing.getFirst()
                                : missing.size() + " columns, " + missing.getFirst() + " first")
                        + ", which other files have");
            }
        }
    }

    boolean header() {
        return header;
    }

    List<String> names() {
        return names;
    }

    List<FileColumns> files() {
        return files;
    }

    List<String> warnings() {
        return warnings;
    }

    /** The column of a name, exactly so or else ignoring case; -1 when there is none. */
    int find(String name) {
        Integer column = exact.get(name);
        return column != null ? column : folded.getOrDefault(HeaderNames.folded(name), -1);
    }
}
