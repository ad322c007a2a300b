package dev.tarn.access;

import dev.tarn.platform.Admission;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The audit trail to be read and verified. That it was read is in it too. */
public final class AuditTrail {
    private static final Resource TRAIL = new Resource(Resource.Kind.AUDIT, Resource.ALL);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int VERIFYING = 1;
    private static final int WAITING = 8;

    private final Access access;
    private final Audit audit;
    private final AuditStore store;
    private final AuditChainStore chains;
    private final Path logs;
    private final Clock clock;
    private final Admission admission;

    /** @param logs the folder of this server's log files */
    AuditTrail(Access access, Audit audit, AuditStore store, AuditChainStore chains, Path logs, Clock clock) {
        this.access = access;
        this.audit = audit;
        this.store = store;
        this.chains = chains;
        this.logs = logs;
        this.clock = clock;
        this.admission = new Admission("verifications", VERIFYING, WAITING, clock);
    }

    /** Whose trail. */
    public enum Scope {
        /** The caller's tenant's, for who may read it. */
        TENANT,
        /** What belongs to no tenant, for the operator. */
        SERVER
    }

    /** Entries, newest first. */
    public Page<AuditEntry> list(Caller caller, Scope scope, AuditQuery query, PageRequest page) {
        access.requireSomebody(caller);
        UUID tenantId = readable(caller, scope);
        List<AuditEntry> found = store.list(tenantId, query, page.cursor().map(AuditTrail::place), page.limit() + 1);
        Page<AuditEntry> entries = Page.of(found, page.limit(), AuditTrail::cursor);
        recordRead(caller, scope, query, entries.items().size());
        return entries;
    }

    /**
     * Hands over all entries that match, newest first, without holding them in memory.
     *
     * @return how many there were
     */
    public long stream(Caller caller, Scope scope, AuditQuery query, Consumer<AuditEntry> sink) {
        access.requireSomebody(caller);
        UUID tenantId = readable(caller, scope);
        long count = 0;
        try {
            Optional<AuditStore.Place> after = Optional.empty();
            List<AuditEntry> batch;
            do {
                batch = store.list(tenantId, query, after, PageRequest.MAXIMUM);
                for (AuditEntry entry : batch) {
                    sink.accept(entry);
                    count++;
                }
                after = batch.isEmpty() ? after : Optional.of(place(batch.getLast()));
            } while (batch.size() == PageRequest.MAXIMUM);
            return count;
        } finally {
            recordRead(caller, scope, query, count);
        }
    }

    /**
     * Looks whether the trail is as it was sealed.
     *
     * @param known heads that the caller has kept elsewhere; those in this server's log files count too
     * @throws dev.tarn.platform.TarnException {@code OVERLOADED} while too many others are verified
     */
    public AuditReport verify(Caller caller, Scope scope, List<AuditHead> known) {
        access.requireSomebody(caller);
        UUID tenantId = readable(caller, scope);
        try (Admission.Place _ = admission.enter(Deadline.in(clock, PATIENCE), new Cancellation())) {
            AuditReport report = AuditVerification.of(
                    chains, tenantId, AuditVerification.merged(AuditHeads.in(logs), tenantId, known));
            audit.recordSoon(
                    caller,
                    "verify",
                    TRAIL,
                    Audit.Outcome.DONE,
                    Map.of(
                            "scope", text(scope),
                            "intact", report.intact(),
                            "entries", report.entries(),
                            "head", report.head().map(AuditHead::text).orElse("")));
            return report;
        }
    }

    private UUID readable(Caller caller, Scope scope) {
        return switch (scope) {
            case TENANT -> {
                access.require(caller, Verb.SELECT, TRAIL);
                yield caller.tenantId();
            }
            case SERVER -> {
                access.requireOperator(caller);
                yield Audit.NOBODYS;
            }
        };
    }

    private void recordRead(Caller caller, Scope scope, AuditQuery query, long entries) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("scope", text(scope));
        query.from().ifPresent(at -> details.put("from", at.toString()));
        query.until().ifPresent(at -> details.put("until", at.toString()));
        query.who().ifPresent(who -> details.put("who", who));
        query.verb().ifPresent(verb -> details.put("verb", verb));
        query.resource().ifPresent(resource -> details.put("resource", resource));
        query.outcome().ifPresent(outcome -> details.put("outcome", outcome.text()));
        query.text().ifPresent(text -> details.put("q", text));
        details.put("entries", entries);
        audit.recordSoon(caller, Verb.SELECT.text(), TRAIL, Audit.Outcome.DONE, details);
    }

    private static String text(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    private static AuditStore.Place place(AuditEntry last) {
        return new AuditStore.Place(Database.micros(last.at()), last.id());
    }

    private static String cursor(AuditEntry last) {
        AuditStore.Place place = place(last);
        return place.at() + ":" + place.id();
    }

    private static AuditStore.Place place(String cursor) {
        int colon = cursor.indexOf(':');
        try {
            return new AuditStore.Place(
                    Long.parseLong(cursor.substring(0, Math.max(0, colon))), cursor.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw PageRequest.unknownCursor(e);
        }
    }
}
