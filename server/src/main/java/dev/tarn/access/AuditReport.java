package dev.tarn.access;

import java.util.List;
import java.util.Optional;

/**
 * What a verification found.
 *
 * @param intact whether nothing is wrong
 * @param entries how many sealed entries were looked at
 * @param firstSequence the place of the first one that is kept; retention has removed those before
 * @param head the end of the chain; empty when nothing was sealed yet
 * @param unsealed entries that are not in the chain yet; they are younger than a second or two while a server runs
 * @param problems at most {@value AuditVerification#MOST_PROBLEMS} and a sentence that there are more
 */
public record AuditReport(
        boolean intact,
        long entries,
        long firstSequence,
        Optional<AuditHead> head,
        long unsealed,
        List<Problem> problems) {
    public AuditReport {
        problems = List.copyOf(problems);
    }

    /** Something that is not as it was sealed. */
    public record Problem(Optional<Long> sequence, Optional<String> entryId, String text) {}
}
