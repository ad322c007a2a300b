package dev.tarn.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of schedules and their runs. */
interface ScheduleStore {
    void insert(Schedule schedule);

    Optional<Schedule> find(UUID tenantId, UUID id);

    /** A user's of a kind, newest first; those about one thing, or all. */
    List<Schedule> list(UUID tenantId, UUID userId, String kind, Optional<UUID> subject);

    int count(UUID tenantId, UUID userId);

    /** Those whose time has come, the oldest first. */
    List<Schedule> due(Instant now, int limit);

    /** Gives it another next time, when nobody has done anything to it since it was read. */
    boolean advance(Schedule seen, Optional<Timing.Fire> next);

    boolean pause(UUID tenantId, UUID id);

    boolean resume(UUID tenantId, UUID id, Optional<Timing.Fire> next);

    /** Removes it and its runs; their jobs stay. */
    boolean delete(UUID tenantId, UUID id);

    /** Removes those about a thing. */
    void deleteAbout(UUID tenantId, String kind, UUID subject);

    /** Adds a run, and forgets the oldest ones beyond those that are kept. */
    void insertRun(UUID tenantId, ScheduleRun run, int kept);

    /** Whether a job of it waits or runs. */
    boolean isRunning(UUID tenantId, UUID id);

    /** A place in the list of runs. */
    record Place(Instant at, String local) {}

    /** Its runs after a place, newest first. */
    List<ScheduleRun> runs(UUID tenantId, UUID id, Optional<Place> after, int limit);
}
