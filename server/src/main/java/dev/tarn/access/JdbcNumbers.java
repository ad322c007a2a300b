package dev.tarn.access;

import dev.tarn.platform.database.Database;

/** Counts upwards, one row a kind: what a contract shows as an integer. A number is never given twice. */
final class JdbcNumbers {
    private final Database database;

    JdbcNumbers(Database database) {
        this.database = database;
    }

    /** The next number; inside of a transaction, which others that want one wait for. */
    long next(String kind) {
        return database.client().sql("""
                        INSERT INTO numbers (kind, newest) VALUES (?, 1)
                        ON CONFLICT (kind) DO UPDATE SET newest = numbers.newest + 1 RETURNING newest""").param(kind).query(Long.class).single();
    }
}
