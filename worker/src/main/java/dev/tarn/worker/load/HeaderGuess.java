package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.ColumnType.Base;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds out whether the first record of a file looks like names. */
final class HeaderGuess {
    static final int RECORDS = 1_000;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2100;

    private final Notations notations;
    private final List<String> first = new ArrayList<>();
    private final List<String> second = new ArrayList<>();
    private final List<ColumnEvidence> rest = new ArrayList<>();

    private HeaderGuess(Notations notations) {
        this.notations = notations;
    }

    static boolean of(TextSource source, Notations notations, NullWords nulls, boolean skips)
            throws IOException, TaskFailedException {
        HeaderGuess guess = new HeaderGuess(notations);
        try (RecordReader reader = source.open()) {
            if (!reader.next()) {
                return true;
            }
            guess.begin(reader);
            Rows rows = new Rows(reader, source.name(), guess.first.size(), Rejects.passedOver(skips));
            for (int i = 0; i < RECORDS && rows.next(); i++) {
                guess.add(reader, nulls, i == 0);
            }
        }
        return guess.looksLikeHeader();
    }

    private void begin(RecordReader reader) {
        Readings readings = Readings.of(notations);
        for (int cell = 0; cell < reader.cells(); cell++) {
            first.add(reader.text(cell));
            rest.add(new ColumnEvidence(readings, false));
        }
    }

    private void add(RecordReader reader, NullWords nulls, boolean isSecond) {
        for (int cell = 0; cell < rest.size(); cell++) {
            int start = reader.start(cell);
            int end = reader.end(cell);
            if (!nulls.contain(reader.buffer(), start, end)) {
                rest.get(cell).add(reader.buffer(), start, end);
            }
            if (isSecond) {
                second.add(reader.text(cell));
            }
        }
    }

    /**
     * No column of values can have a name as one more value. Without a column of anything but text the first record is names; and
     * it is when its numbers are years above numbers that are none.
     */
    private boolean looksLikeHeader() {
        Notation notation = notations.chosen(rest);
        boolean fits = false;
        for (int cell = 0; cell < rest.size(); cell++) {
            ColumnEvidence all = second.isEmpty() ? new ColumnEvidence(Readings.of(notations), false) : rest.get(cell);
            boolean values = second.isEmpty() || !isText(all, notation);
            if (values && !first.get(cell).isEmpty()) {
                all = all.copy();
                byte[] text = first.get(cell).getBytes(UTF_8);
                all.add(text, 0, text.length);
                if (!isText(all, notation)) {
                    fits = true;
                } else if (!second.isEmpty()) {
                    return true;
                }
            }
        }
        return !fits || hasYearsForNames(notation);
    }

    private boolean hasYearsForNames(Notation notation) {
        int years = 0;
        int names = 0;
        boolean valuesAreYears = true;
        for (int cell = 0; cell < second.size(); cell++) {
            if (isText(rest.get(cell), notation)) {
                names += first.get(cell).isBlank() ? 0 : 1;
            } else if (isYear(first.get(cell))) {
                years++;
                valuesAreYears &= isYear(second.get(cell));
            } else {
                return false;
            }
        }
        return years > 0 && names > 0 && !valuesAreYears;
    }

    private static boolean isYear(String text) {
        if (text.length() != 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int year = Integer.parseInt(text);
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }

    private static boolean isText(ColumnEvidence evidence, Notation notation) {
        Base base = evidence.type(notation).base();
        return base == Base.STRING || base == Base.NOTHING;
    }
}
