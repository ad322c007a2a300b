package dev.tarn.worker.load;

/**
 * How the text is cut into cells.
 *
 * @param quote the quoting character, -1 for none; doubled inside of a quoted cell it stands for itself
 */
record CsvFormat(byte delimiter, int quote) {}
