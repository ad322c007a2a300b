package dev.tarn.engine;

/**
 * One token of a statement.
 *
 * @param text as written; of a quoted identifier or string what it stands for
 * @param offset where it begins, in UTF-16 units
 * @param end where it ends
 */
record SqlToken(Kind kind, String text, int offset, int end) {
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        SYMBOL
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }
}
