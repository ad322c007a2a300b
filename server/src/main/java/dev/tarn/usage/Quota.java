package dev.tarn.usage;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Optional;

/**
 * What a tenant may use at most; an empty figure is no limit.
 *
 * @param storageBytes of all its files
 * @param scannedBytesDay that its statements read in a day of UTC
 * @param scannedBytesMonth that its statements read in a month of UTC
 */
public record Quota(Optional<Long> storageBytes, Optional<Long> scannedBytesDay, Optional<Long> scannedBytesMonth) {
    private static final long MOST = 1L << 60;

    /** No limits. */
    public static final Quota NONE = new Quota(Optional.empty(), Optional.empty(), Optional.empty());

    public Quota {
        for (Optional<Long> bytes : List.of(storageBytes, scannedBytesDay, scannedBytesMonth)) {
            bytes.filter(figure -> figure < 0 || figure > MOST).ifPresent(figure -> {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "A quota of %d bytes is not between 0 and 2^60; leave it out for none".formatted(figure));
            });
        }
    }
}
