package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out how a text is cut by cutting its beginning in every way that the options leave open. The best is the one under which
 * most records have as many cells as the first, and then the one with most cells; without any such a file has one column.
 */
final class CsvSniffer {
    private static final int SNIFFED_RECORDS = 200;
    private static final int MOST_LINES_BEFORE = 20;
    private static final int RECORDS_AFTER = 3;
    private static final int COLUMNS_AFTER = 3;
    private static final List<Byte> DELIMITERS = List.of((byte) ',', (byte) '\t', (byte) ';', (byte) '|');
    /** A line that Excel reads and writes nothing of. */
    private static final Pattern SEPARATOR = Pattern.compile("\\A\"?sep=([\\x01-\\x7e])\"?(?:\\r\\n|\\n|\\r|\\z)");

    private final CsvOptions options;
    private final Head head;
    private final String name;
    private final List<String> warnings = new ArrayList<>();

    CsvSniffer(CsvOptions options, Head head, String name) {
        this.options = options;
        this.head = head;
        this.name = name;
    }

    /** The beginning of a text, cut behind its last line break unless it is the whole text. */
    // Read and never kept.
    @SuppressWarnings("ArrayRecordComponent")
    record Head(byte[] bytes, boolean whole) {
        static Head of(byte[] bytes, boolean whole) {
            int end = bytes.length;
            while (!whole && end > 0 && bytes[end - 1] != '\n' && bytes[end - 1] != '\r') {
                end--;
            }
            return new Head(end == 0 ? bytes : Arrays.copyOf(bytes, end), whole);
        }
    }

    /** How a candidate does; {@code skipped} physical lines come before the records that it is judged by. */
    private record Score(CsvFormat format, double value, int skipped, int quoted, boolean fault) {}

    List<String> warnings() {
        return warnings;
    }

    CsvFormat format() throws IOException {
        if (options.skipLines() != null) {
            return best(delimiters(), options.skipLines(), false);
        }
        Matcher separator =
                SEPARATOR.matcher(new String(head.bytes(), 0, Math.min(16, head.bytes().length), ISO_8859_1));
        if (separator.find()) {
            byte told = (byte) separator.group(1).charAt(0);
            return best(List.of(options.delimiter() != null ? options.delimiter() : told), 1, false);
        }
        return best(delimiters(), 0, true);
    }

    private List<Byte> delimiters() {
        if (options.delimiter() != null) {
            return List.of(options.delimiter());
        }
        List<Byte> delimiters = new ArrayList<>();
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains(".tsv") || lower.contains(".tab")) {
            delimiters.add((byte) '\t');
        }
        delimiters.addAll(DELIMITERS);
        return delimiters;
    }

    private CsvFormat best(List<Byte> delimiters, int skipLines, boolean mayBegin) throws IOException {
        boolean backslash = new String(head.bytes(), ISO_8859_1).contains("\\");
        Score best = null;
        for (CsvFormat candidate : options.open(delimiters, backslash)) {
            Score score = score(with(candidate, skipLines), mayBegin);
            if (best == null || isBetter(score, best)) {
                best = score;
            }
        }
        if (best == null) {
            return new CsvFormat(delimiters.getFirst(), '"', '"', options.comment(), skipLines);
        }
        if (best.skipped > 0) {
            warnings.add("The first " + (best.skipped == 1 ? "line" : best.skipped + " lines") + " of " + name
                    + " are no rows of the table and were left out; say skip_lines=0 if they are");
        }
        return with(best.format, skipLines + best.skipped);
    }

    private static CsvFormat with(CsvFormat format, int skipLines) {
        return new CsvFormat(format.delimiter(), format.quote(), format.escape(), format.comment(), skipLines);
    }

    /** What is tried later wins only for a reason: an apostrophe when it quotes something and the usual quote does not. */
    private static boolean isBetter(Score score, Score best) {
        CsvFormat format = score.format;
        boolean other = format.delimiter() != best.format.delimiter();
        if (format.quote() == '\'' && (score.quoted == 0 || score.fault || (!other && best.quoted > 0))) {
            return false;
        }
        if (!other && format.quote() == '\'' && best.format.quote() == '"' && score.value >= best.value) {
            return true;
        }
        return score.value > best.value;
    }

    private Score score(CsvFormat format, boolean mayBegin) throws IOException {
        List<Integer> counts = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        List<Boolean> marked = new ArrayList<>();
        int quoted = 0;
        boolean fault = false;
        try (CsvReader reader = new CsvReader(new ByteArrayInputStream(head.bytes()), format, "", () -> 0)) {
            while (counts.size() < SNIFFED_RECORDS && reader.next()) {
                if (reader.isBlank()) {
                    continue;
                }
                counts.add(reader.cells());
                lines.add(reader.line());
                marked.add(reader.start(0) < reader.end(0) && reader.buffer()[reader.start(0)] == '#');
                for (int cell = 0; cell < reader.cells(); cell++) {
                    quoted += reader.isQuoted(cell) ? 1 : 0;
                }
            }
        } catch (TaskFailedException e) {
            // A record that is not closed where the beginning was cut off is no fault; another one the real pass
            // reports.
            fault = head.whole() || counts.isEmpty();
        }
        int before = mayBegin && !fault ? linesBefore(counts, lines, marked) : 0;
        return new Score(
                format,
                value(counts, before, fault),
                before == 0 ? 0 : (int) (lines.get(before) - 1 - format.skipLines()),
                quoted,
                fault);
    }

    /** How many records at the beginning are a title or remarks above the table. */
    private static int linesBefore(List<Integer> counts, List<Long> lines, List<Boolean> marked) {
        int before = 0;
        while (before < counts.size()
                && before < MOST_LINES_BEFORE
                && (counts.get(before) == 1 || marked.get(before))) {
            before++;
        }
        if (before == 0 || counts.size() - before < RECORDS_AFTER) {
            return 0;
        }
        int cells = counts.get(before);
        boolean alike = counts.subList(before, counts.size()).stream().allMatch(count -> count == cells);
        boolean apart = lines.get(before) - lines.get(before - 1) > 1
                || marked.subList(0, before).stream().allMatch(m -> m);
        boolean names = marked.get(before - 1) && counts.get(before - 1) == cells;
        return alike && cells > 1 && !names && (apart || cells >= COLUMNS_AFTER) ? before : 0;
    }

    /** First the share of records with as many cells as the first one, then that number of cells. */
    private static double value(List<Integer> counts, int before, boolean fault) {
        if (counts.size() <= before) {
            return 0;
        }
        int cells = counts.get(before);
        long alike =
                counts.stream().skip(before).filter(count -> count == cells).count();
        int records = counts.size() - before + (fault ? 1 : 0);
        double share = Math.rint(1000.0 * alike / records) - (before > 0 ? 1 : 0);
        return cells < 2 ? 0 : share + cells / 1e6;
    }
}
