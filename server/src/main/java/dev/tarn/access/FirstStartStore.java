package dev.tarn.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Whether this database's first administrator has got the credentials. */
interface FirstStartStore {
    record Pending(UUID tenantId, UUID userId, UUID keyId) {}

    /**
     * Notes that the administrator was made and that the credentials are to be written.
     *
     * @throws org.springframework.dao.DuplicateKeyException when another server has done so
     */
    void begin(Pending pending, String home, Instant at);

    /**
     * The first start that was cut off before its credentials were written, taken over by this home: one of the same home, or
     * one begun before {@code abandonedBefore}. Empty when there is none, or it has finished.
     */
    Optional<Pending> resume(String home, Instant abandonedBefore, Instant at);

    void replaceKey(UUID keyId);

    void finish(Instant at);
}
