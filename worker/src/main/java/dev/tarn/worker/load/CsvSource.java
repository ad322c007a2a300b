package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The file and how it is cut; opened once for every pass. */
record CsvSource(Source source, @Nullable String encoding, CsvFormat format, Cancellation cancellation) {
    private static final int SNIFFED_RECORDS = 200;
    private static final byte[] DELIMITERS = {',', '\t', ';', '|'};

    static CsvSource of(LoadContext context) throws IOException, TaskFailedException {
        if (context.sources().all().size() > 1) {
            throw Faults.file("Several files in one load cannot be loaded yet");
        }
        Source source = context.sources().all().getFirst();
        FileOptions options = context.task().options();
        int quote = quote(options.quote());
        String told = options.delimiter();
        byte delimiter = told != null ? delimiter(told) : sniffed(source, options.encoding(), quote);
        if (delimiter == quote) {
            throw Faults.file("Delimiter and quote cannot be the same character");
        }
        return new CsvSource(source, options.encoding(), new CsvFormat(delimiter, quote), context.cancellation());
    }

    CsvReader open() throws IOException {
        return new CsvReader(source.openText(encoding), format);
    }

    private static int quote(@Nullable String told) throws TaskFailedException {
        if (told == null) {
            return '"';
        }
        return told.isEmpty() ? -1 : oneCharacter(told, "quote");
    }

    private static byte delimiter(String told) throws TaskFailedException {
        byte delimiter = oneCharacter(told.equals("\\t") ? "\t" : told, "delimiter");
        if (delimiter == '\n' || delimiter == '\r') {
            throw Faults.file("A line break cannot be the delimiter");
        }
        return delimiter;
    }

    private static byte oneCharacter(String told, String what) throws TaskFailedException {
        if (told.length() != 1 || told.charAt(0) > 126 || told.charAt(0) == 0) {
            throw Faults.file("The " + what + " must be one ASCII character, not '" + told + "'");
        }
        return (byte) told.charAt(0);
    }

    /**
     * The delimiter that cuts the first record into several cells and the next ones into as many; a comma, in effect a file of
     * one column, when there is none.
     */
    private static byte sniffed(Source source, @Nullable String encoding, int quote) throws IOException {
        List<Byte> candidates = new ArrayList<>();
        String name = source.name().toLowerCase(Locale.ROOT);
        if (name.endsWith(".tsv") || name.endsWith(".tab")) {
            candidates.add((byte) '\t');
        }
        for (byte delimiter : DELIMITERS) {
            candidates.add(delimiter);
        }
        byte best = candidates.getFirst() == '\t' ? (byte) '\t' : (byte) ',';
        double bestScore = 0;
        for (byte candidate : candidates) {
            double score = candidate == quote ? 0 : score(source, encoding, new CsvFormat(candidate, quote));
            if (score > bestScore) {
                bestScore = score;
                best = candidate;
            }
        }
        return best;
    }

    /** First the share of records with as many cells as the first one, then that number of cells. */
    private static double score(Source source, @Nullable String encoding, CsvFormat format) throws IOException {
        int records = 0;
        int alike = 0;
        int cells = 0;
        try (CsvReader reader = new CsvReader(source.openText(encoding), format)) {
            while (records < SNIFFED_RECORDS && reader.next()) {
                records++;
                cells = records == 1 ? reader.cells() : cells;
                alike += reader.cells() == cells ? 1 : 0;
            }
        } catch (TaskFailedException e) {
            // A fault counts as a record unlike the others; the real pass reports it.
            records++;
        }
        return cells < 2 ? 0 : Math.rint(1000.0 * alike / records) + cells / 1e6;
    }
}
