package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry's place in its chain and its hash. Whoever kept one outside of the database can tell later whether everything up to
 * it is still there and the same.
 *
 * @param sealedAt when it was sealed, where that is known
 */
public record AuditHead(long sequence, String hash, Optional<Instant> sealedAt) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    /** The head that {@code SEQUENCE:HASH} means. */
    public static AuditHead parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A head is SEQUENCE:HASH, as the log and `tarn audit verify` show it, not %s"
                            .formatted(text.length() > 100 ? text.substring(0, 100) + "..." : text));
        }
        return new AuditHead(Long.parseLong(matcher.group(1)), matcher.group(2), Optional.empty());
    }

    /** {@code SEQUENCE:HASH}. */
    public String text() {
        return sequence + ":" + hash;
    }
}
