package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key as it is wanted.
 *
 * @param user whose key it is, by id or name; empty: the caller's
 * @param role the key's rights are that role's alone; empty: those of its user
 * @param only resources as text: nothing else is reached; empty: no restriction
 * @param ratePlan empty: enterprise
 * @param prefix how it begins
 */
public record WantedKey(
        String name,
        Optional<String> user,
        Optional<String> role,
        Optional<List<String>> only,
        Optional<Instant> expiresAt,
        Optional<String> ratePlan,
        KeyPrefix prefix) {
    static final String DEFAULT_PLAN = RateSettings.NEW_KEYS;

    public WantedKey {
        only = only.map(List::copyOf);
    }

    /** One that begins as ours do. */
    public WantedKey(
            String name,
            Optional<String> user,
            Optional<String> role,
            Optional<List<String>> only,
            Optional<Instant> expiresAt,
            Optional<String> ratePlan) {
        this(name, user, role, only, expiresAt, ratePlan, KeyPrefix.TARN);
    }

    /** A key of the caller's own that may all that the caller may, for ever. */
    public static WantedKey named(String name) {
        return new WantedKey(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                KeyPrefix.TARN);
    }

    /** The same key with an end. */
    public WantedKey until(Optional<Instant> end) {
        return new WantedKey(name, user, role, only, end, ratePlan, prefix);
    }

    /** The same key with another beginning. */
    public WantedKey with(KeyPrefix beginning) {
        return new WantedKey(name, user, role, only, expiresAt, ratePlan, beginning);
    }
}
