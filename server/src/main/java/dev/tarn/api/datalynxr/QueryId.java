package dev.tarn.api.datalynxr;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import java.util.UUID;

/** How the contract shows a statement's id. */
final class QueryId {
    private static final String PREFIX = "qry_";

    private QueryId() {}

    static String text(UUID id) {
        return PREFIX + Ids.base32(id);
    }

    /**
     * The id that the text shows.
     *
     * @throws TarnException {@code NOT_FOUND} for a text that shows none
     */
    static UUID parse(String text) {
        return Optional.of(text)
                .filter(shown -> shown.startsWith(PREFIX))
                .flatMap(shown -> Ids.ofBase32(shown.substring(PREFIX.length())))
                .orElseThrow(() ->
                        new TarnException(ErrorCode.NOT_FOUND, "There is no query with the id %s".formatted(text)));
    }

    /** The id of the statement that failed, when it had one by then. */
    static Optional<String> of(TarnException failure) {
        return Optional.ofNullable(failure.details().get("statement_id"))
                .map(id -> text(UUID.fromString(id.toString())));
    }
}
