package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.Optional;

/**
 * Which entries of the audit trail are wanted; each part narrows.
 *
 * @param from at that time or later
 * @param until before that time
 * @param who a user's name or id
 * @param resource {@code kind:name}; with a star at its end, all that begins so
 * @param text somewhere in name, resource, address, request id or details, whatever its case
 */
public record AuditQuery(
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<String> who,
        Optional<String> verb,
        Optional<String> resource,
        Optional<Audit.Outcome> outcome,
        Optional<String> text) {
    private static final int LONGEST = 1_000;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public AuditQuery {
        limited("who", who);
        limited("verb", verb);
        limited("resource", resource);
        limited("q", text);
        from.ifPresent(at -> inRange("from", at));
        until.ifPresent(at -> inRange("until", at));
    }

    private static void limited(String name, Optional<String> value) {
        if (value.filter(given -> given.length() > LONGEST).isPresent()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "%s has more than %d characters; shorten it".formatted(name, LONGEST));
        }
    }

    private static void inRange(String name, Instant at) {
        if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "%s is not between the years 1 and 9999; correct it".formatted(name));
        }
    }

    /** Everything. */
    public static AuditQuery all() {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
