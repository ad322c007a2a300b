package dev.tarn.jobs;

import java.util.UUID;

/**
 * A job that is wanted.
 *
 * @param id that no job of the tenant has
 * @param kind of a {@link JobHandler}
 * @param payload JSON of the kind's own
 */
public record NewJob(UUID id, String kind, String payload) {}
