package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/** Rights that are given to roles and users. Whoever may {@code grant} on a thing gives any right on it. */
public final class Grants {
    private static final int MOST_COLUMNS = 5_000;
    private static final int LONGEST_FILTER = 4_000;

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final GrantStore store;
    private final UserStore users;
    private final RoleStore roles;
    private final List<GrantWords> words;
    private final Ids ids;
    private final Clock clock;

    Grants(
            Access access,
            Audit audit,
            Database database,
            GrantStore store,
            UserStore users,
            RoleStore roles,
            List<GrantWords> words,
            Ids ids,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.store = store;
        this.users = users;
        this.roles = roles;
        this.words = List.copyOf(words);
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Gives a right.
     *
     * @throws TarnException {@code ALREADY_EXISTS} when the grantee has the verb on that resource already, whatever its limits;
     *     {@code INVALID_REQUEST} for words that mean nothing
     */
    public Grant create(Caller caller, NewGrant wanted) {
        access.requireSomebody(caller);
        Resource resource = resource(wanted.on());
        boolean everything =
                resource.name().equals(Resource.ALL) && wanted.on().strip().equals(Resource.ALL);
        requireGranter(caller, resource, everything);
        Optional<List<String>> columns = wanted.columns().or(() -> column(wanted.on()));
        checkLimits(caller, wanted, resource, columns);
        Grantee grantee = grantee(caller.tenantId(), wanted.to());
        Grant grant = new Grant(
                ids.next(),
                grantee.kind(),
                grantee.id(),
                grantee.name(),
                verb(wanted.verb()),
                everything ? Resource.ALL : resource.text(),
                columns,
                wanted.rows().map(String::strip),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Optional.of(caller.name()));
        try {
            return database.inTransaction(() -> {
                store.insert(caller.tenantId(), grant);
                record(caller, grant, "given");
                return grant;
            });
        } catch (DuplicateKeyException e) {
            throw new TarnException(
                    ErrorCode.ALREADY_EXISTS,
                    "%s has %s on %s already; remove that grant first to give it with other limits"
                            .formatted(grantee.name(), grant.verb(), grant.resource()),
                    e);
        }
    }

    /**
     * Grants, newest first: all with the right to see them, else those on a thing that the caller may grant on.
     *
     * @param to a role or a user; empty: all
     * @param on a resource; empty: all
     */
    public Page<Grant> list(Caller caller, Optional<String> to, Optional<String> on, PageRequest page) {
        access.requireSomebody(caller);
        Optional<Resource> resource =
                on.filter(text -> !text.equals(Resource.ALL)).map(this::resource);
        Resource all = Resource.all(Resource.Kind.GRANT);
        if (resource.isEmpty() || !access.allows(caller, Verb.GRANT, resource.get())) {
            access.require(caller, Verb.DESCRIBE, all);
        }
        List<Grant> found = store.list(
                caller.tenantId(),
                to.map(name -> grantee(caller.tenantId(), name).id()),
                on.map(text -> resource.map(Resource::text).orElse(text)),
                page.cursor(),
                page.limit() + 1);
        return Page.of(found, page.limit(), grant -> grant.id().toString());
    }

    /** Takes a right away. */
    public void delete(Caller caller, UUID grantId) {
        access.requireSomebody(caller);
        Grant grant = store.find(caller.tenantId(), grantId).orElseThrow(() -> unknown(grantId));
        Resource resource = Resource.parse(grant.resource()).orElse(Resource.all(Resource.Kind.SETTING));
        requireGranter(caller, resource, grant.resource().equals(Resource.ALL));
        database.inTransaction(() -> {
            if (store.delete(caller.tenantId(), grantId)) {
                record(caller, grant, "removed");
            }
        });
    }

    private void requireGranter(Caller caller, Resource resource, boolean everything) {
        access.require(caller, Verb.GRANT, resource);
        if (everything && !access.rights(caller).ownEverything()) {
            audit.denied(caller, Verb.GRANT.text(), resource);
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "%s may not grant everything or take it away; an administrator can".formatted(caller.name()));
        }
    }

    /** The resource that a text means, by its full name. */
    public Resource resource(Caller caller, String text) {
        access.requireSomebody(caller);
        return resource(text);
    }

    private Resource resource(String text) {
        String stripped = text.strip();
        if (stripped.equals(Resource.ALL)) {
            return Resource.all(Resource.Kind.SETTING);
        }
        String table = stripped.toLowerCase(Locale.ROOT).startsWith("column:")
                ? "table:"
                        + stripped.substring(
                                "column:".length(), Math.max("column:".length(), stripped.lastIndexOf('.')))
                : stripped;
        Resource resource = Resource.parse(table)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "%s is no resource; write kind:name, such as table:iceberg.shop.orders or namespace:iceberg.shop"
                                .formatted(stripped)));
        for (GrantWords each : words) {
            resource = each.canonical(resource);
        }
        return resource;
    }

    private static Optional<List<String>> column(String on) {
        String stripped = on.strip();
        return stripped.toLowerCase(Locale.ROOT).startsWith("column:")
                ? Optional.of(List.of(stripped.substring(stripped.lastIndexOf('.') + 1)))
                : Optional.empty();
    }

    private void checkLimits(Caller caller, NewGrant wanted, Resource resource, Optional<List<String>> columns) {
        Optional<String> rows = wanted.rows();
        if (columns.isEmpty() && rows.isEmpty()) {
            return;
        }
        if (resource.kind() != Resource.Kind.TABLE
                || resource.name().equals(Resource.ALL)
                || !wanted.verb().equalsIgnoreCase(Verb.SELECT.text())) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "Columns and rows limit the verb select on one table, and nothing else");
        }
        if (columns.map(names -> names.isEmpty() || names.size() > MOST_COLUMNS).orElse(false)
                || rows.map(text -> text.isBlank() || text.length() > LONGEST_FILTER)
                        .orElse(false)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A grant has 1 to %d columns, and an expression of 1 to %d characters for its rows"
                            .formatted(MOST_COLUMNS, LONGEST_FILTER));
        }
        words.forEach(each -> each.check(caller, resource, columns, rows));
    }

    private record Grantee(Grant.GranteeKind kind, String id, String name) {}

    private Grantee grantee(UUID tenantId, String to) {
        String stripped = to.strip();
        boolean asRole = stripped.startsWith("role:");
        boolean asUser = stripped.startsWith("user:");
        String name = asRole || asUser ? stripped.substring("role:".length()) : stripped;
        Optional<String> role = asUser ? Optional.empty() : roles.named(tenantId, name);
        Optional<User> user = asRole ? Optional.empty() : users.meant(tenantId, name);
        if (role.isPresent() && user.isPresent()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s is a role and a user; write role:%s or user:%s".formatted(name, name, name));
        }
        return role.map(known -> new Grantee(Grant.GranteeKind.ROLE, known, known))
                .or(() -> user.map(
                        known -> new Grantee(Grant.GranteeKind.USER, known.id().toString(), known.name())))
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST, "There is no role and no user %s; list both".formatted(name)));
    }

    private static String verb(String text) {
        String stripped = text.strip();
        return stripped.equals(Verb.ANY)
                ? Verb.ANY
                : Verb.named(stripped)
                        .map(Verb::text)
                        .orElseThrow(() -> new TarnException(
                                ErrorCode.INVALID_REQUEST,
                                "%s is no verb; the verbs are %s and *"
                                        .formatted(
                                                stripped,
                                                String.join(
                                                        ", ",
                                                        java.util.Arrays.stream(Verb.values())
                                                                .map(Verb::text)
                                                                .toList()))));
    }

    /** Both are {@code grant}: to take a right away is nothing that happens to the thing itself. */
    private void record(Caller caller, Grant grant, String what) {
        Map<String, Object> details = new HashMap<>();
        details.put("what", what);
        details.put("grant", grant.text());
        details.put("id", grant.id().toString());
        Resource resource = Resource.parse(grant.resource()).orElse(Resource.all(Resource.Kind.SETTING));
        audit.record(caller, Verb.GRANT, resource, Audit.Outcome.DONE, details);
    }

    private static TarnException unknown(UUID id) {
        return new TarnException(
                ErrorCode.NOT_FOUND, "There is no grant with the id %s; list the grants".formatted(id));
    }
}
