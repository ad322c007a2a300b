package dev.tarn.cli;

import dev.tarn.cli.statement.StatementSplitter;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor whether more lines must come, and which word the cursor is in. */
final class PromptParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE
                && !line.isBlank()
                && !line.strip().startsWith("\\")
                && !StatementSplitter.complete(line)) {
            throw new EOFError(-1, cursor, "The statement goes on", ";");
        }
        int start = cursor;
        while (start > 0 && belongs(line.charAt(start - 1))) {
            start--;
        }
        return new Word(line, cursor, line.substring(start, cursor));
    }

    private static boolean belongs(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '"' || c == '\\' || c == '$';
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }

    /** One word of a line; nothing else of it matters to completion. */
    private record Word(String line, int cursor, String word) implements CompletingParsedLine {
        @Override
        public int wordCursor() {
            return word.length();
        }

        /** Names come with their quotes, so nothing is escaped. */
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }
}
