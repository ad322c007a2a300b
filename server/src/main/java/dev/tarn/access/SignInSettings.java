package dev.tarn.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tokens of signed-in users, and what happens to those who guess passwords.
 *
 * @param accessToken how long an access token opens something
 * @param refreshToken how long a refresh token can be exchanged for the next one
 * @param family how long one may go on refreshing before the password is asked for again
 * @param failures how many wrong passwords for one user name from one address are free
 * @param firstWait how long that name waits from that address then; each further failure doubles it
 * @param longestWait the wait that is not doubled any more
 * @param waiting how many sign-ins of one address wait for their turn to be checked; more are told to come back
 */
@ConfigurationProperties("tarn.sign-in")
public record SignInSettings(
        @DefaultValue("30m") Duration accessToken,
        @DefaultValue("30d") Duration refreshToken,
        @DefaultValue("90d") Duration family,
        @DefaultValue("10") int failures,
        @DefaultValue("30s") Duration firstWait,
        @DefaultValue("15m") Duration longestWait,
        @DefaultValue("20") int waiting) {
    public SignInSettings {
        if (!accessToken.isPositive()
                || refreshToken.compareTo(accessToken) < 0
                || family.compareTo(refreshToken) < 0) {
            throw new IllegalArgumentException(
                    "tarn.sign-in: access-token must be longer than nothing, refresh-token at least as long, and family again");
        }
        if (failures < 1 || !firstWait.isPositive() || longestWait.compareTo(firstWait) < 0 || waiting < 1) {
            throw new IllegalArgumentException(
                    "tarn.sign-in: failures and waiting must be at least 1, first-wait longer than nothing and longest-wait"
                            + " at least as long");
        }
    }

    BackOff backOff() {
        return new BackOff(failures, firstWait, longestWait);
    }
}
