package dev.tarn.platform.secrets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ids of the keys that the database's secrets are sealed with. */
interface SecretKeyStore {
    /** The key that seals; empty in a database that no server has begun to use. */
    Optional<String> current();

    /** The key that a rotation replaces, until nothing is sealed with it. */
    Optional<String> retiring();

    /** Keys that nothing is sealed with any more. */
    List<String> retired();

    /** Names the first key of a database; another server may have been faster, so ask {@link #current} afterwards. */
    void begin(String keyId, Instant at);

    /** Makes the current key the retiring one, and the new one current. */
    void replace(String newKeyId, Instant at);

    /**
     * Notes that nothing is sealed with the retiring key.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException when something is
     */
    void retire(String keyId, Instant at);
}
