package dev.tarn.api.drls;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The id of a version: a number of up to 19 digits, or the same as a text for clients whose numbers have fewer. */
final class SnapshotId {
    private SnapshotId() {}

    static OptionalLong optional(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return OptionalLong.empty();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return OptionalLong.of(value.asLong());
        }
        if (value.isString()) {
            try {
                return OptionalLong.of(Long.parseLong(value.asString().strip()));
            } catch (NumberFormatException e) {
                throw wrong(e);
            }
        }
        throw wrong(null);
    }

    static long required(@Nullable JsonNode value) {
        return optional(value)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "The field snapshot_id is missing; send the id of one of the table's snapshots"));
    }

    private static TarnException wrong(@Nullable Exception cause) {
        String message = "The field snapshot_id is not the id of a snapshot, which is a whole number";
        return cause == null
                ? new TarnException(ErrorCode.INVALID_REQUEST, message)
                : new TarnException(ErrorCode.INVALID_REQUEST, message, cause);
    }
}
