package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.Problem;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.output.CellText;
import dev.tarn.cli.output.DisplayWidth;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a failure looks like: a sentence, and for a statement the line with a mark under the place. */
final class FailureText {
    /** A longer line is shown around its place. */
    private static final int LINE_SHOWN = 120;

    private FailureText() {}

    static String sentence(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        // A server's sentence may quote someone's data.
        return failure instanceof RequestException ? CellText.visible(message) : message;
    }

    /** One line: the server's own document where there is one. */
    static String json(Throwable failure, ExitCode exitCode) {
        return Json.write(
                failure instanceof RequestException.Refused refused
                        ? refused.problem().document()
                        : JsonObject.of("code", exitCode.name().toLowerCase(Locale.ROOT), "detail", sentence(failure)));
    }

    /** Of a load: file and line first, as compilers write them, then what the sentence does not say by itself. */
    static String load(String file, Problem problem) {
        JsonObject document = problem.document();
        StringBuilder text = new StringBuilder(file);
        long line = document.number("line");
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ").append(problem.detail());
        String column = document.text("column");
        String value = document.text("value");
        if (column != null && !problem.detail().contains(column)) {
            text.append(" Column \"").append(column).append("\".");
        }
        if (value != null && !problem.detail().contains(value)) {
            text.append(" Value \"").append(value).append("\".");
        }
        return CellText.visible(text.toString());
    }

    /** The line of the statement and a mark under the place; null when the position is not in the statement. */
    static @Nullable String place(String statement, Problem.Position position) {
        String[] lines = statement.split("\r?\n", -1);
        if (position.line() < 1 || position.line() > lines.length) {
            return null;
        }
        String line = lines[position.line() - 1];
        int start = Math.clamp(position.column() - 1, 0, line.length());
        int length = Math.clamp(position.length(), 0, line.length() - start);
        int from = Math.max(0, start - LINE_SHOWN / 2);
        int to = Math.min(line.length(), from + LINE_SHOWN);
        String before = CellText.visible(line.substring(from, start));
        String marked = line.substring(start, Math.clamp(start + length, start, Math.max(start, to)));
        return "  " + (from > 0 ? "…" : "") + CellText.visible(line.substring(from, Math.max(start, to)))
                + (to < line.length() ? "…" : "") + System.lineSeparator()
                + " ".repeat(2 + (from > 0 ? 1 : 0) + DisplayWidth.of(before))
                + "^".repeat(Math.max(1, DisplayWidth.of(CellText.visible(marked))));
    }
}
