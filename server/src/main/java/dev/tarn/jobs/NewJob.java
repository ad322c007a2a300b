package dev.tarn.jobs;

import java.util.Optional;
import java.util.UUID;

/**
 * A job that is wanted.
 *
 * @param id that no job of the tenant has
 * @param kind of a {@link JobHandler}
 * @param payload JSON of the kind's own
 * @param subject what it works on, when of such jobs one alone may wait or run
 */
public record NewJob(UUID id, String kind, String payload, Optional<String> subject) {
    /** A job that works on nothing that another could work on. */
    public NewJob(UUID id, String kind, String payload) {
        this(id, kind, payload, Optional.empty());
    }
}
