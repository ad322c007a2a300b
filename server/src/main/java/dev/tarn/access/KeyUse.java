package dev.tarn.access;

import dev.tarn.platform.Repeating;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes when keys were last used, off the path of requests: a use within a minute of the one written is not written, and
 * those of one second are written in one transaction.
 */
final class KeyUse implements AutoCloseable {
    private static final Duration EXACTNESS = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 10_000;

    private final Database database;
    private final KeyStore keys;
    private final Clock clock;
    private final Map<KeyStore.Holder, Instant> waiting = new ConcurrentHashMap<>();
    private final Repeating writer;

    KeyUse(Database database, KeyStore keys, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
        this.writer = Repeating.start("tarn-key-use", PAUSE, this::write);
    }

    void seen(KeyStore.Holder holder) {
        Instant now = clock.instant();
        boolean written = holder.key()
                .lastUsedAt()
                .map(at -> now.isBefore(at.plus(EXACTNESS)))
                .orElse(false);
        if (!written && waiting.size() < MOST_WAITING) {
            waiting.putIfAbsent(holder, now);
        }
    }

    void write() {
        List<Map.Entry<KeyStore.Holder, Instant>> batch = List.copyOf(waiting.entrySet());
        if (batch.isEmpty()) {
            return;
        }
        database.inTransaction(() -> batch.forEach(
                use -> keys.used(use.getKey().tenantId(), use.getKey().key().id(), use.getValue())));
        batch.forEach(use -> waiting.remove(use.getKey(), use.getValue()));
    }

    @Override
    public void close() {
        writer.close();
    }
}
