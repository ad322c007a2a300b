package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A verb on a resource, given to a role or a user.
 *
 * @param grantee the role's name, or the user's id
 * @param grantedTo the role's or the user's name, for people
 * @param verb a {@link Verb} as text, or {@value Verb#ANY}
 * @param resource {@code kind:name}, or {@value Resource#ALL}
 * @param columns of a table, when not all of them
 * @param rows of a table, a boolean expression of SQL, when not all of them
 * @param createdBy the name of who gave it; empty for what came with the making of the thing
 */
public record Grant(
        UUID id,
        GranteeKind granteeKind,
        String grantee,
        String grantedTo,
        String verb,
        String resource,
        Optional<List<String>> columns,
        Optional<String> rows,
        Instant createdAt,
        Optional<String> createdBy) {
    private static final UUID NOT_WRITTEN = new UUID(0, 0);

    /** To whom. */
    public enum GranteeKind {
        ROLE,
        USER;

        /** The kind as it is stored and shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Grant {
        columns = columns.map(List::copyOf);
    }

    /** What a maker has of what it made, before that is written down. */
    static Grant ofMaker(Resource made) {
        return new Grant(
                NOT_WRITTEN,
                GranteeKind.USER,
                "",
                "",
                Verb.ANY,
                made.text(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty());
    }

    /** Whoever may do something with a thing may also see that it is there. */
    boolean gives(Verb wanted) {
        return verb.equals(Verb.ANY) || verb.equals(wanted.text()) || wanted == Verb.DESCRIBE;
    }

    boolean covers(Resource other) {
        return resource.equals(Resource.ALL)
                || Resource.parse(resource).map(own -> own.covers(other)).orElse(false);
    }

    /** The same on another thing. */
    Grant on(Resource other) {
        return new Grant(id, granteeKind, grantee, grantedTo, verb, other.text(), columns, rows, createdAt, createdBy);
    }

    /** The same without the words of its filter. */
    Grant withoutFilter() {
        return new Grant(
                id,
                granteeKind,
                grantee,
                grantedTo,
                verb,
                resource,
                columns,
                rows.map(filter -> "..."),
                createdAt,
                createdBy);
    }

    boolean isLimited() {
        return columns.isPresent() || rows.isPresent();
    }

    /** The grant as a sentence's part. */
    String text() {
        return "%s on %s%s%s to %s %s"
                .formatted(
                        verb.equals(Verb.ANY) ? "everything" : verb,
                        resource,
                        columns.map(names -> names.isEmpty() ? ", no columns" : ", columns " + String.join(", ", names))
                                .orElse(""),
                        rows.map(filter -> ", rows where " + filter).orElse(""),
                        granteeKind.text(),
                        grantedTo);
    }
}
