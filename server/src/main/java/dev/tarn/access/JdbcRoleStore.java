package dev.tarn.access;

import dev.tarn.platform.database.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

final class JdbcRoleStore implements RoleStore {
    private final Database database;
    private final JdbcNumbers numbers;

    JdbcRoleStore(Database database) {
        this.database = database;
        this.numbers = new JdbcNumbers(database);
    }

    @Override
    public Optional<String> named(UUID tenantId, String name) {
        Optional<String> builtIn = BuiltInRole.named(name).map(BuiltInRole::text);
        return builtIn.isPresent()
                ? builtIn
                : database.client()
                        .sql("SELECT name FROM roles WHERE tenant_id = ? AND lower(name) = ?")
                        .params(tenantId.toString(), name.toLowerCase(Locale.ROOT))
                        .query(String.class)
                        .optional();
    }

    @Override
    public Numbered insert(UUID tenantId, String name, Instant at) {
        return insert("roles", "role", tenantId, name, at);
    }

    @Override
    public Numbered insertPermission(UUID tenantId, String name, Instant at) {
        return insert("permissions", "permission", tenantId, name, at);
    }

    private Numbered insert(String table, String kind, UUID tenantId, String name, Instant at) {
        Numbered made = new Numbered(name, numbers.next(kind));
        database.client()
                .sql("INSERT INTO " + table + " (tenant_id, name, number, created_at) VALUES (?, ?, ?, ?)")
                .params(tenantId.toString(), name, made.number(), Database.micros(at))
                .update();
        return made;
    }

    @Override
    public boolean delete(UUID tenantId, String name) {
        database.client()
                .sql("DELETE FROM user_roles WHERE tenant_id = ? AND role = ?")
                .params(tenantId.toString(), name)
                .update();
        return database.client()
                        .sql("DELETE FROM roles WHERE tenant_id = ? AND name = ?")
                        .params(tenantId.toString(), name)
                        .update()
                == 1;
    }

    @Override
    public List<Numbered> list(UUID tenantId) {
        return database.client()
                .sql("SELECT name, number FROM roles WHERE tenant_id = ? ORDER BY name")
                .param(tenantId.toString())
                .query((row, line) -> new Numbered(row.getString("name"), row.getLong("number")))
                .list();
    }

    @Override
    public Map<String, Long> members(UUID tenantId) {
        Map<String, Long> members = new HashMap<>();
        database.client()
                .sql("SELECT role, count(*) AS users FROM user_roles WHERE tenant_id = ? GROUP BY role")
                .param(tenantId.toString())
                .query(row -> {
                    members.put(row.getString("role"), row.getLong("users"));
                });
        return members;
    }
}
