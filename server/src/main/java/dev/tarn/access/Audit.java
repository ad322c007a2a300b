package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The append-only record of who did what. {@link #record} joins the transaction of the write that it describes, so that
 * neither exists without the other.
 */
public final class Audit {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final AuditStore store;
    private final Ids ids;
    private final Clock clock;

    Audit(Database database, AuditStore store, Ids ids, Clock clock) {
        this.database = database;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /** How a call ended. */
    public enum Outcome {
        DONE,
        DENIED,
        FAILED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Records what the caller did to the resource, with facts that hold no secret. */
    public void record(Caller caller, Verb verb, Resource resource, Outcome outcome, Map<String, ?> details) {
        append(caller.tenantId(), caller, verb.text(), resource, outcome, details);
    }

    /** Records an attempt to sign in as a user, in the trail of that user's tenant; in nobody's when there is no such user. */
    void recordSignIn(UUID tenantId, Caller caller, String userName, Outcome outcome, Map<String, ?> details) {
        append(tenantId, caller, "sign_in", Resource.user(userName), outcome, details);
    }

    private void append(
            UUID tenantId, Caller caller, String verb, Resource resource, Outcome outcome, Map<String, ?> details) {
        AuditStore.Entry entry = new AuditStore.Entry(
                tenantId,
                ids.next(),
                clock.instant(),
                kind(caller),
                caller.userId(),
                caller.name(),
                verb,
                resource.text(),
                outcome.text(),
                caller.origin().requestId(),
                caller.origin().address(),
                JSON.writeValueAsString(details));
        database.inTransaction(() -> store.append(entry));
    }

    private static String kind(Caller caller) {
        return switch (caller) {
            case Caller.Person person -> "person";
            case Caller.KeyHolder holder -> "key";
            case Caller.JobToken token -> "job";
            case Caller.Anonymous nobody -> "anonymous";
        };
    }
}
