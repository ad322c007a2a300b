package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

final class JdbcGrantStore implements GrantStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String COLUMNS = """
            SELECT g.grant_id, g.grantee_kind, g.grantee, g.verb, g.resource, g.column_names, g.row_filter, g.created_at,
                g.created_by, u.name AS user_name
            FROM grants g LEFT JOIN users u
              ON g.grantee_kind = 'user' AND u.tenant_id = g.tenant_id AND u.user_id = g.grantee
            """;

    private final Database database;
    private final Ids ids;

    JdbcGrantStore(Database database, Ids ids) {
        this.database = database;
        this.ids = ids;
    }

    /** Of a user: the roles, and how much less the credential may. */
    private record Standing(List<String> roles, Optional<String> keyRole, Optional<UUID> restricted) {}

    @Override
    public Rights rights(Caller caller) {
        return rights(caller, List.of());
    }

    @Override
    public Rights rights(Caller caller, Resource on) {
        return rights(caller, on.coveredBy());
    }

    @Override
    public Optional<UUID> keyOf(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _, Caller.Server _, Caller.TokenHolder _ -> Optional.empty();
            case Caller.KeyHolder holder -> Optional.of(holder.keyId());
            case Caller.JobToken job -> job.keyId();
            case Caller.Person person ->
                database.client()
                        .sql(
                                "SELECT key_id FROM sessions WHERE tenant_id = ? AND session_id = ? AND key_id IS NOT NULL")
                        .params(person.tenantId().toString(), person.sessionId().toString())
                        .query((row, number) -> Rows.uuid(row, "key_id"))
                        .optional();
        };
    }

    @Override
    public Rights rightsOf(UUID tenantId, UUID userId) {
        return rights(tenantId, userId, "?", new UUID(0, 0), List.of());
    }

    private Rights rights(Caller caller, List<String> on) {
        return switch (caller) {
            case Caller.Anonymous nobody -> Rights.NOTHING;
            case Caller.Server server -> Rights.OF_SERVER;
            case Caller.KeyHolder holder -> rights(holder.tenantId(), holder.userId(), "?", holder.keyId(), on);
            case Caller.Person person ->
                rights(
                        person.tenantId(),
                        person.userId(),
                        "(SELECT s.key_id FROM sessions s WHERE s.tenant_id = u.tenant_id AND s.session_id = ?)",
                        person.sessionId(),
                        on);
            case Caller.TokenHolder holder -> rights(holder.tenantId(), holder.userId(), "?", new UUID(0, 0), on);
            case Caller.JobToken job ->
                rights(job.tenantId(), job.userId(), "?", job.keyId().orElse(new UUID(0, 0)), on);
        };
    }

    /** @param on the texts of the resources whose grants are read; none: all */
    private Rights rights(UUID tenantId, UUID userId, String key, UUID credential, List<String> on) {
        Optional<Standing> standing = standing(tenantId, userId, key, credential);
        if (standing.isEmpty()) {
            return Rights.NOTHING;
        }
        Optional<String> keyRole = standing.get().keyRole();
        List<String> roles = keyRole.map(List::of).orElse(standing.get().roles());
        Optional<List<Resource>> only = standing.get().restricted().map(id -> restrictions(tenantId, id));
        if (roles.contains(BuiltInRole.ADMIN.text())) {
            // May everything already, and often has the longest list.
            return Rights.of(roles, List.of(), new KeyLimits(keyRole, only));
        }
        Optional<UUID> grantee = keyRole.isPresent() ? Optional.empty() : Optional.of(userId);
        return Rights.of(roles, grantsTo(tenantId, grantee, roles, on), new KeyLimits(keyRole, only));
    }

    private Optional<Standing> standing(UUID tenantId, UUID userId, String key, UUID credential) {
        List<Standing> lines = database.client()
                .sql("""
                        SELECT r.role, k.role AS key_role, k.key_id, k.restricted
                        FROM users u
                        LEFT JOIN user_roles r ON r.tenant_id = u.tenant_id AND r.user_id = u.user_id
                        LEFT JOIN api_keys k ON k.tenant_id = u.tenant_id AND k.key_id = %s
                        WHERE u.tenant_id = ? AND u.user_id = ? AND u.active = 1
                          AND k.revoked_at IS NULL""".formatted(key))
                .params(credential.toString(), tenantId.toString(), userId.toString())
                .query((row, number) -> new Standing(
                        Optional.ofNullable(row.getString("role")).map(List::of).orElse(List.of()),
                        Optional.ofNullable(row.getString("key_role")),
                        row.getInt("restricted") == 1 ? Optional.of(Rows.uuid(row, "key_id")) : Optional.empty()))
                .list();
        return lines.stream()
                .findFirst()
                .map(first -> new Standing(
                        lines.stream().flatMap(line -> line.roles().stream()).toList(),
                        first.keyRole(),
                        first.restricted()));
    }

    /** A restriction that is no resource allows nothing. */
    private List<Resource> restrictions(UUID tenantId, UUID keyId) {
        return database
                .client()
                .sql("SELECT resource FROM key_restrictions WHERE tenant_id = ? AND key_id = ? ORDER BY resource")
                .params(tenantId.toString(), keyId.toString())
                .query(String.class)
                .list()
                .stream()
                .map(Resource::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private List<Grant> grantsTo(UUID tenantId, Optional<UUID> user, List<String> roles, List<String> on) {
        List<Object> values = new ArrayList<>();
        values.add(tenantId.toString());
        values.add(user.map(UUID::toString).orElse(""));
        values.addAll(roles.isEmpty() ? List.of("") : roles);
        values.addAll(on);
        return database.client()
                .sql(COLUMNS
                        + """
                        WHERE g.tenant_id = ?
                          AND (g.grantee_kind = 'user' AND g.grantee = ?
                            OR g.grantee_kind = 'role' AND g.grantee IN (%s))
                        """.formatted(places(roles))
                        + (on.isEmpty() ? "" : " AND g.resource IN (" + places(on) + ")"))
                .params(values)
                .query((row, number) -> grant(row))
                .list();
    }

    private static String places(List<String> values) {
        return String.join(", ", Collections.nCopies(Math.max(1, values.size()), "?"));
    }

    @Override
    public void insert(UUID tenantId, Grant grant) {
        insert(tenantId, grant, "");
    }

    private void insert(UUID tenantId, Grant grant, String conflict) {
        database.client()
                .sql("""
                        INSERT INTO grants (tenant_id, grant_id, grantee_kind, grantee, verb, resource, created_at,
                            column_names, row_filter, created_by)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """ + conflict)
                .params(
                        tenantId.toString(),
                        grant.id().toString(),
                        grant.granteeKind().text(),
                        grant.grantee(),
                        grant.verb(),
                        grant.resource(),
                        Database.micros(grant.createdAt()))
                .param(grant.columns().map(JSON::writeValueAsString).orElse(null))
                .param(grant.rows().orElse(null))
                .param(grant.createdBy().orElse(null))
                .update();
    }

    @Override
    public void own(UUID tenantId, UUID userId, Resource resource, Instant at) {
        Grant grant = new Grant(
                ids.next(),
                Grant.GranteeKind.USER,
                userId.toString(),
                "",
                Verb.ANY,
                resource.text(),
                Optional.empty(),
                Optional.empty(),
                at,
                Optional.empty());
        insert(tenantId, grant, "ON CONFLICT DO NOTHING");
    }

    @Override
    public Optional<Grant> find(UUID tenantId, UUID grantId) {
        return database.client()
                .sql(COLUMNS + "WHERE g.tenant_id = ? AND g.grant_id = ?")
                .params(tenantId.toString(), grantId.toString())
                .query((row, number) -> grant(row))
                .optional();
    }

    @Override
    public boolean delete(UUID tenantId, UUID grantId) {
        return database.client()
                        .sql("DELETE FROM grants WHERE tenant_id = ? AND grant_id = ?")
                        .params(tenantId.toString(), grantId.toString())
                        .update()
                == 1;
    }

    @Override
    public void deleteOn(UUID tenantId, Resource resource) {
        database.client()
                .sql("DELETE FROM grants WHERE tenant_id = ? AND resource = ?")
                .params(tenantId.toString(), resource.text())
                .update();
    }

    @Override
    public void move(UUID tenantId, Resource from, Resource to) {
        database.client()
                .sql("""
                        DELETE FROM grants WHERE tenant_id = ? AND resource = ? AND EXISTS (
                            SELECT 1 FROM grants moved
                            WHERE moved.tenant_id = grants.tenant_id AND moved.resource = ?
                              AND moved.grantee_kind = grants.grantee_kind AND moved.grantee = grants.grantee
                              AND moved.verb = grants.verb)""")
                .params(tenantId.toString(), to.text(), from.text())
                .update();
        database.client()
                .sql("UPDATE grants SET resource = ? WHERE tenant_id = ? AND resource = ?")
                .params(to.text(), tenantId.toString(), from.text())
                .update();
    }

    @Override
    public List<Grant> withColumns(UUID tenantId, Resource resource) {
        return database.client()
                .sql(COLUMNS
                        + "WHERE g.tenant_id = ? AND g.resource = ? AND g.column_names IS NOT NULL ORDER BY g.grant_id")
                .params(tenantId.toString(), resource.text())
                .query((row, number) -> grant(row))
                .list();
    }

    @Override
    public void limit(UUID tenantId, UUID grantId, List<String> columns) {
        database.client()
                .sql("UPDATE grants SET column_names = ? WHERE tenant_id = ? AND grant_id = ?")
                .params(JSON.writeValueAsString(columns), tenantId.toString(), grantId.toString())
                .update();
    }

    @Override
    public void deleteTo(UUID tenantId, String role) {
        database.client()
                .sql("DELETE FROM grants WHERE tenant_id = ? AND grantee_kind = 'role' AND grantee = ?")
                .params(tenantId.toString(), role)
                .update();
    }

    @Override
    public List<Grant> list(
            UUID tenantId, Optional<String> grantee, Optional<String> resource, Optional<String> before, int limit) {
        // Ids are ordered by time; the longest possible id stands for "from the newest".
        return database.client()
                .sql(COLUMNS + """
                        WHERE g.tenant_id = ? AND (? = '' OR g.grantee = ?) AND (? = '' OR g.resource = ?)
                          AND g.grant_id < ?
                        ORDER BY g.grant_id DESC LIMIT ?""")
                .params(
                        tenantId.toString(),
                        grantee.orElse(""),
                        grantee.orElse(""),
                        resource.orElse(""),
                        resource.orElse(""),
                        before.orElse("g"),
                        limit)
                .query((row, number) -> grant(row))
                .list();
    }

    @Override
    public List<Grant> withVerb(UUID tenantId, Verb verb) {
        return database.client()
                .sql(COLUMNS + "WHERE g.tenant_id = ? AND g.verb IN (?, ?)")
                .params(tenantId.toString(), verb.text(), Verb.ANY)
                .query((row, number) -> grant(row))
                .list();
    }

    private static Grant grant(ResultSet row) throws SQLException {
        Grant.GranteeKind kind =
                row.getString("grantee_kind").equals("user") ? Grant.GranteeKind.USER : Grant.GranteeKind.ROLE;
        String grantee = row.getString("grantee");
        return new Grant(
                Rows.uuid(row, "grant_id"),
                kind,
                grantee,
                Optional.ofNullable(row.getString("user_name")).orElse(grantee),
                row.getString("verb"),
                row.getString("resource"),
                columns(row.getString("column_names")),
                Optional.ofNullable(row.getString("row_filter")),
                Rows.instant(row, "created_at").orElseThrow(),
                Optional.ofNullable(row.getString("created_by")));
    }

    private static Optional<List<String>> columns(@Nullable String names) {
        return Optional.ofNullable(names).map(text -> Arrays.asList(JSON.readValue(text, String[].class)));
    }
}
