package dev.tarn.sql;

import dev.tarn.platform.database.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** {@link CancellationStore} in the platform's database. */
final class JdbcCancellationStore implements CancellationStore {
    private static final String THIS = " WHERE tenant_id = ? AND user_id = ? AND statement_id = ?";

    private final Database database;

    JdbcCancellationStore(Database database) {
        this.database = database;
    }

    @Override
    public void ask(StatementKey statement, Instant at) {
        database.inTransaction(() -> {
            database.client()
                    .sql("""
                        INSERT INTO statement_cancellations (tenant_id, user_id, statement_id, asked_at)
                        VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                    .params(
                            statement.tenantId().toString(),
                            statement.userId().toString(),
                            statement.id().toString(),
                            Database.micros(at))
                    .update();
        });
    }

    @Override
    public List<StatementKey> take(Collection<StatementKey> running) {
        List<StatementKey> asked = database.client()
                .sql("SELECT tenant_id, user_id, statement_id FROM statement_cancellations")
                .query((row, number) -> new StatementKey(
                        UUID.fromString(row.getString("tenant_id")),
                        UUID.fromString(row.getString("user_id")),
                        UUID.fromString(row.getString("statement_id"))))
                .list();
        return asked.stream().filter(running::contains).filter(this::remove).toList();
    }

    @Override
    public boolean isAsked(StatementKey statement) {
        return database.client()
                .sql("SELECT 1 FROM statement_cancellations" + THIS)
                .params(key(statement))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public void withdraw(StatementKey statement) {
        remove(statement);
    }

    @Override
    public void removeOlderThan(Instant instant) {
        database.inTransaction(() -> {
            database.client()
                    .sql("DELETE FROM statement_cancellations WHERE asked_at < ?")
                    .param(Database.micros(instant))
                    .update();
        });
    }

    private boolean remove(StatementKey statement) {
        return database.inTransaction(() -> database.client()
                        .sql("DELETE FROM statement_cancellations" + THIS)
                        .params(key(statement))
                        .update()
                == 1);
    }

    private static List<String> key(StatementKey statement) {
        return List.of(
                statement.tenantId().toString(),
                statement.userId().toString(),
                statement.id().toString());
    }
}
