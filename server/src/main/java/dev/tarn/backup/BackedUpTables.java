package dev.tarn.backup;

import java.util.Set;

/**
 * Which tables a backup holds: all, new ones too, except those that only concern processes which run now. Restoring those
 * would be dangerous: an old write intent names files that a server deletes at start, and they may be part of a table by now.
 */
final class BackedUpTables {
    /**
     * Sign-ins, answers kept for repeated requests, wishes to cancel, writes under way, uploads, calls of the running minute, jobs, what
     * schedules began, tables that were dropped, plans of scans, who reads, and files that are on their way out.
     */
    static final Set<String> LEFT_OUT = Set.of(
            "sessions",
            "token_families",
            "refresh_tokens",
            "sign_in_failures",
            "idempotent_requests",
            "statement_cancellations",
            "write_intents",
            "uploads",
            "rate_counts",
            "sign_in_attempts",
            "jobs",
            "schedule_runs",
            "dropped_tables",
            "scan_plans",
            "readers",
            "doom_epochs",
            "doomed_files");

    /** Flyway's own; the migrations write it. */
    static final String SCHEMA_HISTORY = "flyway_schema_history";

    private BackedUpTables() {}

    static boolean holds(String table) {
        return !LEFT_OUT.contains(table) && !table.equals(SCHEMA_HISTORY);
    }
}
