package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.load.ColumnType.Base;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells that mean no value. An empty cell always does. Quoted, such a word is a text in a column of text, as a quoted empty
 * cell is: whoever quotes says that it is one; in any other column it is no value either.
 */
final class NullWords {
    static final List<String> USUAL = List.of("NA", "N/A", "null", "NULL", "\\N");

    private final List<String> texts;
    private final byte[][] words;
    private final boolean[] first = new boolean[256];
    private final int longest;
    private final boolean meanValues;

    private NullWords(List<String> texts) {
        this.texts = texts;
        words = texts.stream()
                .filter(text -> !text.isEmpty())
                .map(text -> text.getBytes(UTF_8))
                .toArray(byte[][]::new);
        longest = Arrays.stream(words).mapToInt(word -> word.length).max().orElse(0);
        for (byte[] word : words) {
            first[word[0] & 0xFF] = true;
        }
        meanValues = Arrays.stream(words).anyMatch(NullWords::isValue);
    }

    static NullWords of(@Nullable List<String> told) {
        return new NullWords(told == null ? USUAL : List.copyOf(told));
    }

    List<String> texts() {
        return texts;
    }

    /** Whether one of the words, such as -999, could be a value of a type other than text. */
    boolean meanValues() {
        return meanValues;
    }

    boolean contain(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return true;
        }
        if (length > longest || !first[bytes[start] & 0xFF]) {
            return false;
        }
        for (byte[] word : words) {
            if (Arrays.equals(bytes, start, end, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isValue(byte[] word) {
        for (Notation notation : Notations.ALL) {
            Evidence evidence = new Evidence(notation);
            evidence.add(word, 0, word.length);
            if (evidence.type().base() != Base.STRING) {
                return true;
            }
        }
        return word.length == 36;
    }
}
