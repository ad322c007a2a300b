package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

final class JdbcUserStore implements UserStore {
    private static final String COLUMNS = "SELECT tenant_id, user_id, name, operator, password_hash FROM users ";

    private final Database database;

    JdbcUserStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(User user, String passwordHash, Instant at) {
        database.client()
                .sql("""
                        INSERT INTO users (tenant_id, user_id, name, folded_name, password_hash, operator, created_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        user.tenantId().toString(),
                        user.id().toString(),
                        user.name(),
                        fold(user.name()),
                        passwordHash,
                        user.operator() ? 1 : 0,
                        Database.micros(at))
                .update();
    }

    @Override
    public void changePassword(UUID tenantId, UUID userId, String passwordHash) {
        database.client()
                .sql("UPDATE users SET password_hash = ? WHERE tenant_id = ? AND user_id = ?")
                .params(passwordHash, tenantId.toString(), userId.toString())
                .update();
    }

    @Override
    public void addRole(UUID tenantId, UUID userId, String role) {
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
    public Optional<WithPassword> named(String name) {
        return database.client()
                .sql(COLUMNS + "WHERE folded_name = ?")
                .param(fold(name))
                .query((row, number) -> new WithPassword(user(row), row.getString("password_hash")))
                .optional();
    }

    @Override
    public List<String> roles(UUID tenantId, UUID userId) {
        return database.client()
                .sql("SELECT role FROM user_roles WHERE tenant_id = ? AND user_id = ? ORDER BY role")
                .params(tenantId.toString(), userId.toString())
                .query(String.class)
                .list();
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                Rows.uuid(row, "tenant_id"),
                Rows.uuid(row, "user_id"),
                row.getString("name"),
                row.getInt("operator") == 1);
    }

    /** Upper case first: that joins letters which have one capital and two small forms. */
    private static String fold(String name) {
        return name.strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
