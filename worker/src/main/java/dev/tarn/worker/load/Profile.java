package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.ColumnType.Base;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at rows, a sample or all of them, and says what types the columns have and how numbers and dates are written. */
final class Profile {
    private static final int CHECKED_RECORDS = 4_096;
    private static final int MOST_WARNINGS = 20;

    private final Union union;
    private final List<Column> columns;
    private final Notations notations;
    private final NullWords nulls;
    /** Of each column; null where nothing is to be found out. */
    private final List<@Nullable ColumnEvidence> evidence = new ArrayList<>();

    private final Rejects rejects;
    private boolean complete = true;

    Profile(Union union, List<Column> columns, Notations notations, NullWords nulls, boolean skips) {
        this.union = union;
        this.columns = columns;
        this.notations = notations;
        this.nulls = nulls;
        this.rejects = Rejects.passedOver(skips);
        Readings readings = Readings.of(notations);
        for (Column column : columns) {
            boolean fixed = column.source() < 0 || (column.isDeclared() && isText(column.known()));
            evidence.add(fixed ? null : new ColumnEvidence(readings, column.isDeclared()));
        }
    }

    private static boolean isText(ColumnType type) {
        return type.base() == Base.STRING || type.base() == Base.UUID || type.base() == Base.NOTHING;
    }

    /** Looks at most {@code limit} records of each file, and no more than so many bytes of text. */
    Profile read(LoadContext context, long limit, long limitBytes) throws IOException, TaskFailedException {
        context.progress().begin(context.sources().packedBytes());
        long before = 0;
        for (FileColumns file : union.files()) {
            try (RecordReader reader = file.source().open()) {
                read(file, reader, context, before, limit, limitBytes);
            } catch (TaskFailedException e) {
                throw union.files().size() > 1 ? Faults.in(file.source().name(), e) : e;
            }
            before += file.source().packedBytes();
        }
        return this;
    }

    private void read(
            FileColumns file, RecordReader reader, LoadContext context, long before, long limit, long limitBytes)
            throws IOException, TaskFailedException {
        if (union.header()) {
            reader.next();
        }
        int[] cells = new int[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = evidence.get(i) == null ? -1 : file.cellOf(columns.get(i).source());
        }
        Rows rows = new Rows(reader, file.source().name(), file.cells(), rejects);
        for (long records = 0; rows.next(); records++) {
            if (records >= limit || reader.textBytesRead() > limitBytes) {
                complete = false;
                return;
            }
            add(reader, cells);
            if (records % CHECKED_RECORDS == 0) {
                context.cancellation().check();
                context.progress().at(before + reader.packedBytesRead(), 0);
            }
        }
    }

    private void add(RecordReader reader, int[] cells) {
        byte[] buffer = reader.buffer();
        for (int i = 0; i < cells.length; i++) {
            ColumnEvidence column = evidence.get(i);
            if (cells[i] >= 0 && column != null) {
                int start = reader.start(cells[i]);
                int end = reader.end(cells[i]);
                if (!nulls.contain(buffer, start, end)) {
                    column.add(buffer, start, end);
                }
            }
        }
    }

    /** Whether all rows were looked at. */
    boolean isComplete() {
        return complete;
    }

    private List<ColumnEvidence> known() {
        List<ColumnEvidence> known = new ArrayList<>();
        for (ColumnEvidence column : evidence) {
            if (column != null) {
                known.add(column);
            }
        }
        return known;
    }

    /** Whether no later row can change the notation unless a writer refuses one of its cells. */
    boolean isSafe() {
        Notation notation = notations.chosen(known());
        return complete
                || known().stream()
                        .noneMatch(column -> column.hasOpenNumbers(notation) || column.hasOpenDates(notation));
    }

    Layout layout() {
        Notation notation = notations.chosen(known());
        List<Column> typed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            ColumnEvidence found = evidence.get(i);
            ColumnType type = column.isDeclared() ? column.known() : ColumnType.of(Base.NOTHING);
            if (found != null && !column.isDeclared()) {
                type = found.type(notation);
            } else if (found != null && column.origin() == Column.Origin.TABLE) {
                type = found.under(notation).widened(type);
            }
            typed.add(column.as(type));
        }
        return new Layout(union, typed, notation, nulls, complete);
    }

    /** What could not be decided. */
    List<String> warnings() {
        Notation notation = notations.chosen(known());
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < columns.size() && warnings.size() < MOST_WARNINGS; i++) {
            ColumnEvidence found = evidence.get(i);
            String name = "Column '" + Faults.brief(columns.get(i).name()) + "'";
            if (found != null && found.hasOpenDates(notation)) {
                warnings.add(name + " has dates of which the day and the month cannot be told apart, and stays text;"
                        + " say date_order=dmy or date_order=mdy");
            } else if (found != null && found.hasOpenNumbers(notation)) {
                warnings.add(name + " has numbers of which the decimal separator cannot be told, and stays text;"
                        + " say decimal=, or decimal=.");
            }
        }
        return warnings;
    }

    Rejects rejects() {
        return rejects;
    }
}
