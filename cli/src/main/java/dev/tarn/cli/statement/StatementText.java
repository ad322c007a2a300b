package dev.tarn.cli.statement;

import java.util.Set;

/**
 * One statement of a text.
 *
 * @param text without the semicolon, and without blanks around it
 * @param firstLine the line of the whole text that it begins on; the first is 1
 * @param parameters the names that stand after a colon
 */
public record StatementText(String text, int firstLine, Set<String> parameters) {}
