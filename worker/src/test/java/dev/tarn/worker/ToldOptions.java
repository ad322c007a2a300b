package dev.tarn.worker;

import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.FileOptions.DateOrder;
import dev.tarn.worker.protocol.FileOptions.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One option of a load, or two that belong together; all others stay open. */
final class ToldOptions {
    private @Nullable Format format;
    private @Nullable String encoding;
    private @Nullable String escape;
    private @Nullable String comment;
    private @Nullable Boolean header;
    private @Nullable Integer skipLines;
    private @Nullable String decimal;
    private @Nullable String thousands;
    private @Nullable DateOrder dateOrder;
    private @Nullable List<String> nullWords;
    private @Nullable String sheet;
    private @Nullable String range;

    private FileOptions options() {
        return new FileOptions(
                format, encoding, null, null, escape, comment, header, skipLines, decimal, thousands, dateOrder,
                nullWords, sheet, range);
    }

    FileOptions format(Format told) {
        format = told;
        return options();
    }

    FileOptions encoding(String told) {
        encoding = told;
        return options();
    }

    FileOptions escape(String told) {
        escape = told;
        return options();
    }

    FileOptions comment(String told) {
        comment = told;
        return options();
    }

    FileOptions header(boolean told) {
        header = told;
        return options();
    }

    FileOptions skipLines(int told) {
        skipLines = told;
        return options();
    }

    FileOptions numbers(@Nullable String toldDecimal, @Nullable String toldThousands) {
        decimal = toldDecimal;
        thousands = toldThousands;
        return options();
    }

    FileOptions dates(DateOrder told) {
        dateOrder = told;
        return options();
    }

    FileOptions nullWords(String... told) {
        nullWords = List.of(told);
        return options();
    }

    FileOptions sheet(@Nullable String toldSheet, @Nullable String toldRange) {
        sheet = toldSheet;
        range = toldRange;
        return options();
    }
}
