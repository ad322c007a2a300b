package dev.tarn.worker.load;

/**
 * How the text is cut into cells.
 *
 * @param quote the quoting character, -1 for none; doubled inside of a quoted cell it stands for itself
 * @param escape inside of a quoted cell it makes a quote, and itself, stand for itself; the quote when there is no other
 * @param comment the character that a line to be skipped begins with, -1 for none
 * @param skipLines physical lines before the first record
 */
record CsvFormat(byte delimiter, int quote, int escape, int comment, int skipLines) {
    CsvFormat(byte delimiter, int quote) {
        this(delimiter, quote, quote, -1, 0);
    }
}
