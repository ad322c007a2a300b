package dev.tarn.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A user as it is wanted.
 *
 * @param password empty: one that nobody knows, for users who sign in elsewhere or get one later
 * @param roles empty: Viewer
 * @param tenant another tenant than the caller's, for the operator; empty: the caller's
 * @param issuer the identity provider that the user comes from; empty for users of our own
 */
public record NewUser(
        String name,
        User.Profile profile,
        Optional<String> password,
        List<String> roles,
        Optional<UUID> tenant,
        Optional<String> issuer) {
    /** How short a password may be. */
    public static final int SHORTEST_PASSWORD = 8;

    /** How long a password may be. */
    public static final int LONGEST_PASSWORD = 1_024;

    public NewUser {
        roles = List.copyOf(roles);
    }

    @Override
    public String toString() {
        return "NewUser[" + name + "]";
    }
}
