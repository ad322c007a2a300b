package dev.tarn.access;

import dev.tarn.platform.GroupCommit;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The append-only record of who did what; docs/audit.md. {@link #record} joins the transaction of the write that it describes,
 * so that neither exists without the other. What writes nothing is recorded in groups ({@link GroupCommit}): a kill may lose
 * the last 200 ms of it. There is no way to change an entry or to take one back.
 */
public final class Audit {
    /** The trail of what belongs to no tenant: sign-ins of unknown names, credentials that open nothing. */
    static final UUID NOBODYS = new UUID(0, 0);

    private static final int LONGEST_RESOURCE = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final AuditStore store;
    private final Ids ids;
    private final Clock clock;
    private final GroupCommit<AuditStore.Entry> soon;
    private final BoundedEntries bounded;

    Audit(Database database, AuditStore store, Ids ids, Clock clock) {
        this.database = database;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.soon = new GroupCommit<>("tarn-audit", batch -> database.inTransaction(() -> store.append(batch)));
        this.bounded = new BoundedEntries(clock, draft -> soon.add(entry(draft)));
    }

    /** How a call ended. */
    public enum Outcome {
        DONE,
        DENIED,
        FAILED;

        /** The outcome as it is stored and shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Records what the caller did to the resource, with facts that hold no secret, in the transaction that does it. */
    public void record(Caller caller, Verb verb, Resource resource, Outcome outcome, Map<String, ?> details) {
        append(draft(caller.tenantId(), caller, verb.text(), resource, outcome, details));
    }

    /**
     * Records what wrote nothing, within 200 ms.
     *
     * @param verb a verb or another word of docs/audit.md
     */
    public void recordSoon(Caller caller, String verb, Resource resource, Outcome outcome, Map<String, ?> details) {
        soon.add(entry(draft(caller.tenantId(), caller, verb, resource, outcome, details)));
    }

    /** Records that the caller was not let; what one caller repeats within a minute is counted. */
    public void denied(Caller caller, String verb, Resource resource) {
        bounded.add(draft(caller.tenantId(), caller, verb, resource, Outcome.DENIED, Map.of()));
    }

    /**
     * Records that a credential opened nothing, in nobody's trail and counted as denials are.
     *
     * @param caller who has shown it; anonymous
     * @param by what it was: key, session, token
     */
    public void refused(Caller caller, String by) {
        bounded.add(draft(NOBODYS, caller, "authenticate", Resource.user("unknown"), Outcome.FAILED, Map.of("by", by)));
    }

    /**
     * Records an attempt to sign in as a user, in the trail of that user's tenant; in nobody's when there is no such user.
     * Failed ones are counted as denials are.
     */
    void recordSignIn(UUID tenantId, Caller caller, String userName, Outcome outcome, Map<String, ?> details) {
        BoundedEntries.Draft draft = draft(tenantId, caller, "sign_in", Resource.user(userName), outcome, details);
        if (outcome == Outcome.DONE) {
            append(draft);
        } else {
            bounded.add(draft);
        }
    }

    /** Records that the caller's session has ended, in the transaction that ends it. */
    void recordSignOut(Caller caller) {
        append(draft(caller.tenantId(), caller, "sign_out", Resource.user(caller.name()), Outcome.DONE, Map.of()));
    }

    private void append(BoundedEntries.Draft draft) {
        AuditStore.Entry entry = entry(draft);
        database.inTransaction(() -> store.append(entry));
    }

    private static BoundedEntries.Draft draft(
            UUID tenantId, Caller caller, String verb, Resource resource, Outcome outcome, Map<String, ?> details) {
        String text = resource.text();
        return new BoundedEntries.Draft(
                tenantId,
                caller,
                verb,
                text.length() > LONGEST_RESOURCE ? text.substring(0, LONGEST_RESOURCE) : text,
                outcome,
                details);
    }

    private AuditStore.Entry entry(BoundedEntries.Draft draft) {
        Caller caller = draft.caller();
        return new AuditStore.Entry(
                draft.tenantId(),
                ids.next(),
                clock.instant(),
                kind(caller),
                caller.userId(),
                caller.name(),
                draft.verb(),
                draft.resource(),
                draft.outcome().text(),
                caller.origin().requestId(),
                caller.origin().address(),
                JSON.writeValueAsString(draft.details()));
    }

    private static String kind(Caller caller) {
        return switch (caller) {
            case Caller.Person person -> "person";
            case Caller.TokenHolder holder -> "person";
            case Caller.KeyHolder holder -> "key";
            case Caller.JobToken token -> "job";
            case Caller.Server server -> "server";
            case Caller.Anonymous nobody -> "anonymous";
        };
    }

    /** Records what is still counted; nothing may come after it. */
    void end() {
        bounded.close();
        soon.close();
    }
}
