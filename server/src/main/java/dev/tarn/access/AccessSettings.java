package dev.tarn.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Credentials.
 *
 * @param session how long a console session lasts after its sign-in
 * @param hashing how many passwords are hashed at once; each takes 19 MiB and about 50 ms of one core
 * @param hashingWait how long a sign-in waits for its turn before it is told that the server is busy
 */
@ConfigurationProperties("tarn.access")
public record AccessSettings(
        @DefaultValue("12h") Duration session,
        @DefaultValue("2") int hashing,
        @DefaultValue("5s") Duration hashingWait) {
    public AccessSettings {
        if (session.isNegative() || session.isZero() || hashing < 1 || hashingWait.isNegative()) {
            throw new IllegalArgumentException(
                    "tarn.access.session must be longer than nothing and tarn.access.hashing at least 1");
        }
    }
}
