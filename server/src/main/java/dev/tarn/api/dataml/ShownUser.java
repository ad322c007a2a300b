package dev.tarn.api.dataml;

import dev.tarn.access.User;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user as the contract shows it. */
record ShownUser(
        long id,
        UUID tenantId,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        String username,
        boolean isActive) {
    static ShownUser of(User user) {
        User.Profile profile = user.profile();
        return new ShownUser(
                user.number(),
                user.tenantId(),
                profile.firstName().orElse(null),
                profile.lastName().orElse(null),
                profile.email().orElse(null),
                user.name(),
                user.active());
    }
}
