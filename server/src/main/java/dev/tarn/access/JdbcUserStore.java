package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

final class JdbcUserStore implements UserStore {
    private static final String COLUMNS = """
            SELECT tenant_id, user_id, number, name, email, first_name, last_name, password_hash, active, operator,
                created_at, issuer, (
                    SELECT string_agg(r.role, ',') FROM user_roles r
                    WHERE r.tenant_id = users.tenant_id AND r.user_id = users.user_id) AS roles
            FROM users
            """;

    private final Database database;
    private final JdbcNumbers numbers;

    JdbcUserStore(Database database) {
        this.database = database;
        this.numbers = new JdbcNumbers(database);
    }

    @Override
    public User insert(User user, String passwordHash) {
        requireNobodyElses(user.id(), user.name(), user.profile());
        long number = numbers.next("user");
        database.client()
                .sql("""
                        INSERT INTO users (tenant_id, user_id, number, name, folded_name, password_hash, active, operator,
                            created_at, email, folded_email, first_name, last_name, issuer)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        user.tenantId().toString(),
                        user.id().toString(),
                        number,
                        user.name(),
                        fold(user.name()),
                        passwordHash,
                        user.active() ? 1 : 0,
                        user.operator() ? 1 : 0,
                        Database.micros(user.createdAt()))
                .param(user.profile().email().orElse(null))
                .param(user.profile().email().map(JdbcUserStore::fold).orElse(null))
                .param(user.profile().firstName().orElse(null))
                .param(user.profile().lastName().orElse(null))
                .param(user.issuer().orElse(null))
                .update();
        user.roles().forEach(role -> addRole(user.tenantId(), user.id(), role));
        return find(user.tenantId(), user.id()).orElseThrow();
    }

    /** One signs in by either, so a name that is another's address would keep that one from signing in. */
    private void requireNobodyElses(UUID userId, String name, User.Profile profile) {
        boolean taken = database.client()
                .sql("SELECT 1 FROM users WHERE user_id <> ? AND (folded_email = ? OR folded_name = ?) LIMIT 1")
                .params(
                        userId.toString(),
                        fold(name),
                        profile.email().map(JdbcUserStore::fold).orElse(""))
                .query(Integer.class)
                .optional()
                .isPresent();
        if (taken) {
            throw new DuplicateKeyException("A user's name is another user's address");
        }
    }

    @Override
    public void changePassword(UUID tenantId, UUID userId, String passwordHash) {
        database.client()
                .sql("UPDATE users SET password_hash = ? WHERE tenant_id = ? AND user_id = ?")
                .params(passwordHash, tenantId.toString(), userId.toString())
                .update();
    }

    @Override
    public boolean hold(UUID tenantId, UUID userId, String passwordHash) {
        return database.client()
                        .sql("""
                                UPDATE users SET password_hash = password_hash
                                WHERE tenant_id = ? AND user_id = ? AND password_hash = ? AND active = 1""")
                        .params(tenantId.toString(), userId.toString(), passwordHash)
                        .update()
                == 1;
    }

    @Override
    public void changeProfile(UUID tenantId, UUID userId, User.Profile profile) {
        find(tenantId, userId).ifPresent(user -> requireNobodyElses(userId, user.name(), profile));
        database.client()
                .sql("""
                        UPDATE users SET email = ?, folded_email = ?, first_name = ?, last_name = ?
                        WHERE tenant_id = ? AND user_id = ?""")
                .param(profile.email().orElse(null))
                .param(profile.email().map(JdbcUserStore::fold).orElse(null))
                .param(profile.firstName().orElse(null))
                .param(profile.lastName().orElse(null))
                .param(tenantId.toString())
                .param(userId.toString())
                .update();
    }

    @Override
    public void setActive(UUID tenantId, UUID userId, boolean active) {
        database.client()
                .sql("UPDATE users SET active = ? WHERE tenant_id = ? AND user_id = ?")
                .params(active ? 1 : 0, tenantId.toString(), userId.toString())
                .update();
    }

    @Override
    public void setRoles(UUID tenantId, UUID userId, List<String> roles) {
        database.client()
                .sql("DELETE FROM user_roles WHERE tenant_id = ? AND user_id = ?")
                .params(tenantId.toString(), userId.toString())
                .update();
        roles.forEach(role -> addRole(tenantId, userId, role));
    }

    private void addRole(UUID tenantId, UUID userId, String role) {
        database.client()
                .sql("INSERT INTO user_roles (tenant_id, user_id, role) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .params(tenantId.toString(), userId.toString(), role)
                .update();
    }

    @Override
    public Optional<User> find(UUID tenantId, UUID userId) {
        return database.client()
                .sql(COLUMNS + "WHERE tenant_id = ? AND user_id = ?")
                .params(tenantId.toString(), userId.toString())
                .query((row, number) -> user(row))
                .optional();
    }

    @Override
    public Optional<User> numbered(UUID tenantId, long number) {
        return database.client()
                .sql(COLUMNS + "WHERE tenant_id = ? AND number = ?")
                .params(tenantId.toString(), number)
                .query((row, line) -> user(row))
                .optional();
    }

    @Override
    public Optional<WithPassword> named(String name) {
        return withPassword("folded_name", name);
    }

    @Override
    public Optional<WithPassword> withEmail(String email) {
        return withPassword("folded_email", email);
    }

    private Optional<WithPassword> withPassword(String column, String text) {
        return database.client()
                .sql(COLUMNS + "WHERE " + column + " = ?")
                .param(fold(text))
                .query((row, number) -> new WithPassword(user(row), row.getString("password_hash")))
                .optional();
    }

    @Override
    public List<User> list(UUID tenantId, String text, String after, int limit) {
        String part = "%" + fold(text).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        return database.client()
                .sql(COLUMNS + """
                        WHERE tenant_id = ? AND folded_name > ?
                          AND (folded_name LIKE ? ESCAPE '!' OR folded_email LIKE ? ESCAPE '!')
                        ORDER BY folded_name LIMIT ?""")
                .params(tenantId.toString(), after, part, part, limit)
                .query((row, number) -> user(row))
                .list();
    }

    @Override
    public long count(UUID tenantId) {
        return database.client()
                .sql("SELECT count(*) FROM users WHERE tenant_id = ?")
                .param(tenantId.toString())
                .query(Long.class)
                .single();
    }

    @Override
    public List<User> withRole(UUID tenantId, String role) {
        return database.client()
                .sql(COLUMNS + """
                        WHERE tenant_id = ? AND user_id IN (
                            SELECT r.user_id FROM user_roles r WHERE r.tenant_id = ? AND r.role = ?)
                        ORDER BY folded_name""")
                .params(tenantId.toString(), tenantId.toString(), role)
                .query((row, number) -> user(row))
                .list();
    }

    @Override
    public List<String> roles(UUID tenantId, UUID userId) {
        return database.client()
                .sql("SELECT role FROM user_roles WHERE tenant_id = ? AND user_id = ? ORDER BY role")
                .params(tenantId.toString(), userId.toString())
                .query(String.class)
                .list();
    }

    @Override
    public void holdTenant(UUID tenantId) {
        database.client()
                .sql("UPDATE tenants SET name = name WHERE tenant_id = ?")
                .param(tenantId.toString())
                .update();
    }

    private static User user(ResultSet row) throws SQLException {
        UUID tenantId = Rows.uuid(row, "tenant_id");
        UUID id = Rows.uuid(row, "user_id");
        return new User(
                tenantId,
                id,
                row.getLong("number"),
                row.getString("name"),
                new User.Profile(
                        Optional.ofNullable(row.getString("email")),
                        Optional.ofNullable(row.getString("first_name")),
                        Optional.ofNullable(row.getString("last_name"))),
                row.getInt("active") == 1,
                row.getInt("operator") == 1,
                Rows.instant(row, "created_at").orElseThrow(),
                Optional.ofNullable(row.getString("issuer")),
                sorted(row.getString("roles")));
    }

    /** No name of a role has a comma. */
    private static List<String> sorted(@Nullable String roles) {
        return roles == null
                ? List.of()
                : Arrays.stream(roles.split(",")).sorted().toList();
    }

    /** Upper case first: that joins letters which have one capital and two small forms. */
    static String fold(String name) {
        return name.strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
