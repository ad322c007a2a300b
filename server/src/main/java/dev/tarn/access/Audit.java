package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The append-only record of who did what. {@link #record} joins the transaction of the write that it describes, so that
 * neither exists without the other.
 */
public final class Audit {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final Ids ids;
    private final Clock clock;

    Audit(Database database, Ids ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /** How a call ended. */
    public enum Outcome {
        DONE,
        DENIED,
        FAILED
    }

    /** Records what the caller did to the resource, with facts that hold no secret. */
    public void record(Caller caller, Verb verb, Resource resource, Outcome outcome, Map<String, ?> details) {
        database.inTransaction(() -> {
            database.client()
                    .sql("""
                        INSERT INTO audit_entries (tenant_id, entry_id, at, actor_kind, actor_id, actor_name, verb,
                            resource, outcome, request_id, address, details)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            caller.tenantId().toString(),
                            ids.next().toString(),
                            Database.micros(clock.instant()),
                            kind(caller),
                            caller.userId().toString(),
                            caller.name(),
                            verb.text(),
                            resource.text(),
                            outcome.name().toLowerCase(java.util.Locale.ROOT),
                            caller.origin().requestId(),
                            caller.origin().address(),
                            JSON.writeValueAsString(details))
                    .update();
        });
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
