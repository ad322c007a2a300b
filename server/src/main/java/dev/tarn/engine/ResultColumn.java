package dev.tarn.engine;

/**
 * A column of a result.
 *
 * @param name unique in its result
 * @param type Tarn's name of the type, as {@code BIGINT} or {@code DECIMAL(38,10)}
 */
public record ResultColumn(String name, String type) {}
