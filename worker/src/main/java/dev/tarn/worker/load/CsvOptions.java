package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.FileOptions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the options say of how text is cut; null where they leave it open.
 *
 * @param quote -1 for none
 * @param comment -1 for none
 */
record CsvOptions(
        @Nullable Byte delimiter,
        @Nullable Integer quote,
        @Nullable Integer escape,
        int comment,
        @Nullable Integer skipLines) {

    static CsvOptions of(FileOptions told) throws TaskFailedException {
        String delimiter = told.delimiter();
        String quote = told.quote();
        String escape = told.escape();
        String comment = told.comment();
        CsvOptions options = new CsvOptions(
                delimiter == null ? null : delimiter(delimiter),
                quote == null ? null : Integer.valueOf(quote.isEmpty() ? -1 : oneCharacter(quote, "quote")),
                escape == null || escape.isEmpty() ? null : Integer.valueOf(oneCharacter(escape, "escape")),
                comment == null || comment.isEmpty() ? -1 : oneCharacter(comment, "comment"),
                told.skipLines());
        options.check();
        return options;
    }

    private void check() throws TaskFailedException {
        if (delimiter != null && quote != null && delimiter.intValue() == quote) {
            throw Faults.file("Delimiter and quote cannot be the same character");
        }
        if (delimiter != null && (delimiter == comment || (escape != null && delimiter.intValue() == escape))) {
            throw Faults.file("The delimiter cannot also be the comment or the escape");
        }
        if (quote != null && quote >= 0 && quote == comment) {
            throw Faults.file("Quote and comment cannot be the same character");
        }
        if (skipLines != null && skipLines < 0) {
            throw Faults.file("skip_lines cannot be less than 0");
        }
    }

    /** All ways of cutting that the options leave open but for the lines before the header, the likeliest first. */
    List<CsvFormat> open(List<Byte> delimiters, boolean escapes) {
        return delimiters.stream()
                .filter(candidate -> delimiter == null || delimiter.equals(candidate))
                .flatMap(candidate -> quotes().flatMap(quoting -> escapes(quoting, escapes)
                        .map(escaping -> new CsvFormat(candidate, quoting, escaping, comment, 0))))
                .filter(format -> format.delimiter() != format.quote() && format.delimiter() != format.comment())
                .toList();
    }

    private Stream<Integer> quotes() {
        return quote != null ? Stream.of(quote) : Stream.of((int) '"', (int) '\'');
    }

    private Stream<Integer> escapes(int quoting, boolean backslashes) {
        if (quoting < 0) {
            return Stream.of(-1);
        }
        if (escape != null) {
            return Stream.of(escape);
        }
        return backslashes ? Stream.of(quoting, (int) '\\') : Stream.of(quoting);
    }

    private static byte delimiter(String told) throws TaskFailedException {
        byte delimiter = (byte) oneCharacter(told.equals("\\t") ? "\t" : told, "delimiter");
        if (delimiter == '\n' || delimiter == '\r') {
            throw Faults.file("A line break cannot be the delimiter");
        }
        return delimiter;
    }

    private static int oneCharacter(String told, String what) throws TaskFailedException {
        if (told.length() != 1 || told.charAt(0) > 126 || told.charAt(0) == 0) {
            throw Faults.file("The " + what + " must be one ASCII character, not '" + told + "'");
        }
        return told.charAt(0);
    }
}
