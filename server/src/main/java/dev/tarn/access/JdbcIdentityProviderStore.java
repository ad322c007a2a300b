package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

final class JdbcIdentityProviderStore implements IdentityProviderStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COLUMNS = """
            SELECT tenant_id, name, issuer, audience, client_id, shown, settings, created_at, updated_at
            FROM identity_providers
            """;

    private final Database database;

    JdbcIdentityProviderStore(Database database) {
        this.database = database;
    }

    /** What no query asks for. */
    private record Settings(
            List<String> scopes,
            @Nullable String rolesClaim,
            Map<String, String> roleMapping,
            List<String> defaultRoles,
            boolean justInTime,
            boolean clientSecret) {}

    @Override
    public void put(IdentityProvider provider) {
        Settings settings = new Settings(
                provider.scopes(),
                provider.rolesClaim().orElse(null),
                provider.roleMapping(),
                provider.defaultRoles(),
                provider.justInTime(),
                provider.clientSecret());
        database.client()
                .sql("""
                        INSERT INTO identity_providers (tenant_id, name, issuer, audience, client_id, shown, settings,
                            created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tenant_id, name) DO UPDATE
                        SET issuer = excluded.issuer, audience = excluded.audience, client_id = excluded.client_id,
                            shown = excluded.shown, settings = excluded.settings, updated_at = excluded.updated_at""")
                .params(
                        provider.tenantId().toString(),
                        provider.name(),
                        provider.issuer(),
                        provider.audience(),
                        provider.clientId(),
                        provider.shown() ? 1 : 0,
                        JSON.writeValueAsString(settings),
                        Database.micros(provider.createdAt()),
                        Database.micros(provider.updatedAt()))
                .update();
    }

    @Override
    public boolean remove(UUID tenantId, String name) {
        database.client()
                .sql("DELETE FROM sign_in_attempts WHERE tenant_id = ? AND provider = ?")
                .params(tenantId.toString(), name)
                .update();
        return database.client()
                        .sql("DELETE FROM identity_providers WHERE tenant_id = ? AND name = ?")
                        .params(tenantId.toString(), name)
                        .update()
                == 1;
    }

    @Override
    public Optional<IdentityProvider> find(UUID tenantId, String name) {
        return database.client()
                .sql(COLUMNS + "WHERE tenant_id = ? AND name = ?")
                .params(tenantId.toString(), name)
                .query((row, number) -> provider(row))
                .optional();
    }

    @Override
    public Optional<IdentityProvider> named(String name) {
        return database.client()
                .sql(COLUMNS + "WHERE name = ?")
                .param(name)
                .query((row, number) -> provider(row))
                .optional();
    }

    @Override
    public List<IdentityProvider> list(UUID tenantId) {
        return database.client()
                .sql(COLUMNS + "WHERE tenant_id = ? ORDER BY name")
                .param(tenantId.toString())
                .query((row, number) -> provider(row))
                .list();
    }

    @Override
    public List<String> shown() {
        return database.client()
                .sql("SELECT name FROM identity_providers WHERE shown = 1 ORDER BY name LIMIT 20")
                .query(String.class)
                .list();
    }

    @Override
    public List<IdentityProvider> ofIssuer(String issuer) {
        return database.client()
                .sql(COLUMNS + "WHERE issuer = ? ORDER BY name LIMIT 100")
                .param(issuer)
                .query((row, number) -> provider(row))
                .list();
    }

    private static IdentityProvider provider(ResultSet row) throws SQLException {
        Settings settings = JSON.readValue(row.getString("settings"), Settings.class);
        return new IdentityProvider(
                Rows.uuid(row, "tenant_id"),
                row.getString("name"),
                row.getString("issuer"),
                row.getString("client_id"),
                row.getString("audience"),
                settings.scopes(),
                Optional.ofNullable(settings.rolesClaim()),
                settings.roleMapping(),
                settings.defaultRoles(),
                settings.justInTime(),
                row.getInt("shown") == 1,
                settings.clientSecret(),
                Rows.instant(row, "created_at").orElseThrow(),
                Rows.instant(row, "updated_at").orElseThrow());
    }

    @Override
    public Optional<UUID> userOf(UUID tenantId, String issuer, String subject) {
        return database.client()
                .sql("SELECT user_id FROM users WHERE tenant_id = ? AND issuer = ? AND subject = ?")
                .params(tenantId.toString(), issuer, subject)
                .query(String.class)
                .optional()
                .map(UUID::fromString);
    }

    @Override
    public void link(UUID tenantId, UUID userId, String issuer, String subject) {
        database.client()
                .sql("UPDATE users SET issuer = ?, subject = ? WHERE tenant_id = ? AND user_id = ?")
                .params(issuer, subject, tenantId.toString(), userId.toString())
                .update();
    }

    @Override
    public boolean tellRoles(UUID tenantId, UUID userId, Instant asOf) {
        return database.client()
                        .sql("""
                                INSERT INTO provided_roles (tenant_id, user_id, as_of) VALUES (?, ?, ?)
                                ON CONFLICT (tenant_id, user_id) DO UPDATE SET as_of = excluded.as_of
                                WHERE provided_roles.as_of <= excluded.as_of""")
                        .params(tenantId.toString(), userId.toString(), Database.micros(asOf))
                        .update()
                == 1;
    }
}
