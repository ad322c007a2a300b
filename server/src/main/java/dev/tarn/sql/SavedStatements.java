package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.Defaults;
import dev.tarn.engine.ParameterValue;
import dev.tarn.jobs.Schedules;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.StoredText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Statements that people keep and share inside their tenant. Whoever has the link of a shared one reads it, and runs it with
 * their own rights; its owner alone changes it. One that is not shared does not exist for others.
 */
public final class SavedStatements {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 10_000;
    private static final int LONGEST_STATEMENT = 1_000_000;
    private static final int ID_LENGTH = 36;
    private static final int LARGEST_JSON = 64 * 1024;
    /** Through which API saved statements run. */
    private static final String CONTRACT = "tarn";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final SavedStatementStore store;
    private final Ids ids;
    private final Clock clock;
    private final Schedules schedules;

    SavedStatements(
            Access access,
            Audit audit,
            Database database,
            SavedStatementStore store,
            Ids ids,
            Clock clock,
            Schedules schedules) {
        this.schedules = schedules;
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /** The caller's own and the shared ones, by name. Their texts name all sorts of tables. */
    public Page<SavedStatement> list(Caller caller, Optional<String> text, PageRequest page) {
        access.require(caller, Verb.DESCRIBE, Resource.statement("*"));
        access.requireUnrestricted(caller);
        return Page.of(
                store.list(
                        caller.tenantId(),
                        caller.userId(),
                        text,
                        page.cursor().map(SavedStatements::place),
                        page.limit() + 1),
                page.limit(),
                SavedStatements::cursor);
    }

    /**
     * One statement.
     *
     * @throws TarnException {@code NOT_FOUND}, also for one of another user that is not shared
     */
    public SavedStatement find(Caller caller, UUID id) {
        access.require(caller, Verb.DESCRIBE, Resource.statement(id.toString()));
        access.requireUnrestricted(caller);
        return store.find(caller.tenantId(), id)
                .filter(saved -> saved.content().shared() || saved.userId().equals(caller.userId()))
                .orElseThrow(() -> new TarnException(
                        ErrorCode.NOT_FOUND,
                        "There is no saved statement %s; it was deleted, or its owner does not share it"
                                .formatted(id)));
    }

    /**
     * Keeps a statement.
     *
     * @throws TarnException {@code ALREADY_EXISTS} when the caller has one of that name
     */
    public SavedStatement save(Caller caller, SavedStatement.Content content) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        check(content);
        // To the microsecond, as the database keeps it.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        SavedStatement saved = new SavedStatement(ids.next(), caller.userId(), caller.name(), content, 1, now, now);
        unlessTaken(content, () -> {
            store.insert(caller.tenantId(), saved);
            record(caller, Verb.CREATE, saved);
        });
        return saved;
    }

    /**
     * Changes one of the caller's own.
     *
     * @param version that the caller has seen
     * @throws TarnException {@code CONFLICT} when it was changed since, {@code FORBIDDEN} when it is another's, {@code
     *     ALREADY_EXISTS} when another of the caller's has that name
     */
    public SavedStatement change(Caller caller, UUID id, int version, SavedStatement.Content content) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        check(content);
        SavedStatement before = own(caller, id);
        unlessTaken(content, () -> {
            if (!store.update(caller.tenantId(), id, version, content, clock.instant())) {
                throw new TarnException(
                        ErrorCode.CONFLICT,
                        "The saved statement %s was changed since you read it (it has version %d); read it again"
                                .formatted(before.content().name(), before.version()));
            }
            record(caller, Verb.ALTER, before);
        });
        return find(caller, id);
    }

    /** One of the caller's own as it would be submitted, with the values that its parameters had last. */
    StatementRequest request(Caller caller, UUID id, Duration timeout) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        SavedStatement.Content content = own(caller, id).content();
        BoundStatement bound = new BoundStatement(
                content.statement(), ParameterValue.all(JSON.readTree(content.parameters())), Defaults.of(null, null));
        return new StatementRequest(Optional.of(ids.next()), CONTRACT, bound, timeout, new Cancellation());
    }

    /** Keeps one of the caller's own no longer, nor its schedules. */
    public void delete(Caller caller, UUID id) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        SavedStatement saved = own(caller, id);
        database.inTransaction(() -> {
            if (store.delete(caller.tenantId(), id)) {
                schedules.deleteAbout(caller, StatementJob.KIND, id);
                record(caller, Verb.DROP, saved);
            }
        });
    }

    private SavedStatement own(Caller caller, UUID id) {
        SavedStatement saved = find(caller, id);
        if (!saved.userId().equals(caller.userId())) {
            audit.denied(caller, Verb.ALTER.text(), Resource.statement(id.toString()));
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The saved statement %s is %s's; save a copy to change it"
                            .formatted(saved.content().name(), saved.userName()));
        }
        return saved;
    }

    private void unlessTaken(SavedStatement.Content content, Runnable work) {
        try {
            database.inTransaction(work);
        } catch (DuplicateKeyException e) {
            throw new TarnException(
                    ErrorCode.ALREADY_EXISTS,
                    "You have a saved statement %s already; choose another name, or change that one"
                            .formatted(content.name()),
                    e);
        }
    }

    private void record(Caller caller, Verb verb, SavedStatement saved) {
        audit.record(
                caller,
                verb,
                Resource.statement(saved.id().toString()),
                Audit.Outcome.DONE,
                Map.of("saved", saved.content().name()));
    }

    private static void check(SavedStatement.Content content) {
        atMost("name", content.name(), LONGEST_NAME);
        atMost("description", content.description(), LONGEST_DESCRIPTION);
        atMost("statement", content.statement(), LONGEST_STATEMENT);
        atMost("parameters", content.parameters(), LARGEST_JSON);
        atMost("chart", content.chart().orElse(""), LARGEST_JSON);
        if (content.name().isBlank() || content.statement().isBlank()) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "A saved statement needs a name and a statement");
        }
    }

    private static void atMost(String field, String text, int longest) {
        if (text.length() > longest) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s has %d characters, and %d are the most".formatted(field, text.length(), longest));
        }
        if (!text.equals(StoredText.of(text))) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s holds a NUL or half of a character, which cannot be kept; leave it out".formatted(field));
        }
    }

    private static String cursor(SavedStatement last) {
        return last.id() + last.content().name();
    }

    private static SavedStatementStore.Place place(String cursor) {
        try {
            int idLength = Math.min(ID_LENGTH, cursor.length());
            return new SavedStatementStore.Place(
                    cursor.substring(idLength), UUID.fromString(cursor.substring(0, idLength)));
        } catch (IllegalArgumentException e) {
            throw PageRequest.unknownCursor(e);
        }
    }
}
