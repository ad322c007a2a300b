package dev.tarn.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What clients said of their scans and commits. */
interface ReportStore {
    /**
     * Adds a report of the table at a location.
     *
     * @param most how many of the table's are kept; the oldest go
     */
    void add(UUID tenantId, String tableLocation, TableReport report, int most);

    /** The newest reports of a table first, older than one of them when it is given. */
    List<TableReport> list(UUID tenantId, String tableLocation, Optional<UUID> before, int limit);

    /** Removes what was reported before that; returns how many. */
    int purge(Instant before);
}
