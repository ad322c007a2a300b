package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads rows, a sample or all of them, and says what they look like. */
final class Profile {
    static final int MAX_COLUMNS = 5_000;

    private final NumberText number = new NumberText();
    private final TimeText time = new TimeText();
    private final List<String> firstRecord = new ArrayList<>();
    private final List<Evidence> first = new ArrayList<>();
    private final List<Evidence> rest = new ArrayList<>();
    private final List<Evidence> all = new ArrayList<>();
    private long records;

    private Profile() {}

    /** Profiles at most {@code limit} records after the first. */
    static Profile of(CsvSource source, long limit, Consumer<CsvReader> progress)
            throws IOException, TaskFailedException {
        Profile profile = new Profile();
        try (CsvReader reader = source.open()) {
            if (!reader.next()) {
                throw Faults.file("The file " + source.source().name() + " is empty");
            }
            profile.addFirst(reader);
            while (profile.records <= limit && reader.next()) {
                Rows.check(reader, profile.all.size());
                profile.add(reader);
                if (profile.records % 4096 == 0) {
                    source.cancellation().check();
                    progress.accept(reader);
                }
            }
        }
        return profile;
    }

    private void addFirst(CsvReader reader) throws TaskFailedException {
        if (reader.cells() > MAX_COLUMNS) {
            throw Faults.file("The file has " + reader.cells() + " columns; a table can have " + MAX_COLUMNS);
        }
        Rows.check(reader, reader.cells());
        records = 1;
        for (int cell = 0; cell < reader.cells(); cell++) {
            firstRecord.add(
                    new String(reader.buffer(), reader.start(cell), reader.end(cell) - reader.start(cell), UTF_8));
            first.add(new Evidence(number, time));
            rest.add(new Evidence(number, time));
            all.add(new Evidence(number, time));
            first.getLast().add(reader.buffer(), reader.start(cell), reader.end(cell));
            all.getLast().add(reader.buffer(), reader.start(cell), reader.end(cell));
        }
    }

    private void add(CsvReader reader) {
        records++;
        for (int cell = 0; cell < rest.size(); cell++) {
            rest.get(cell).add(reader.buffer(), reader.start(cell), reader.end(cell));
            all.get(cell).add(reader.buffer(), reader.start(cell), reader.end(cell));
        }
    }

    /**
     * Whether the first record looks like names: no column of values can have it as one more value. Without a column of anything
     * but text it is names.
     */
    boolean looksLikeHeader() {
        boolean fits = false;
        for (int cell = 0; cell < rest.size(); cell++) {
            boolean blank = isText(first.get(cell)) && firstRecord.get(cell).isEmpty();
            if (records == 1) {
                fits |= !isText(first.get(cell));
            } else if (!isText(rest.get(cell)) && !blank) {
                if (isText(all.get(cell))) {
                    return true;
                }
                fits = true;
            }
        }
        return !fits;
    }

    private static boolean isText(Evidence evidence) {
        ColumnType.Base base = evidence.type().base();
        return base == ColumnType.Base.STRING || base == ColumnType.Base.NOTHING;
    }

    /** The columns of a new table. */
    Layout layout(boolean header) {
        List<String> names = header ? HeaderNames.of(firstRecord) : HeaderNames.numbered(firstRecord.size());
        List<Column> columns = new ArrayList<>();
        for (int cell = 0; cell < names.size(); cell++) {
            ColumnType type = (header ? rest : all).get(cell).type();
            columns.add(new Column(cell + 1, names.get(cell), type, type.text(), false, cell));
        }
        return new Layout(header, names.size(), names, columns, false);
    }

    /** The columns of an existing table. */
    Layout layout(List<TargetColumn> target, boolean header) throws TaskFailedException {
        int cells = firstRecord.size();
        List<Column> columns = header
                ? TargetColumns.byName(target, TargetColumns.namesOf(target, firstRecord))
                : TargetColumns.byPosition(target, cells);
        List<String> names =
                header ? firstRecord : target.stream().map(TargetColumn::name).toList();
        return new Layout(header, cells, names, columns, true);
    }

    boolean header(@Nullable Boolean told, boolean declared) {
        return told != null ? told : declared || looksLikeHeader();
    }

    boolean hasRows(boolean header) {
        return records > (header ? 1 : 0);
    }
}
