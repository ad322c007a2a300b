package dev.tarn.loading;

/**
 * What a request to load was answered.
 *
 * @param repeated whether it is the load of before: the table had taken these bytes already, and nothing was written
 */
public record LoadOutcome(Load load, boolean repeated) {}
