package dev.tarn.api.datalynxr;

import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import java.util.UUID;

/** How the contract shows a statement's id. */
final class QueryId {
    private QueryId() {}

    static String text(UUID id) {
        return "qry_" + Ids.base32(id);
    }

    /** The id of the statement that failed, when it had one by then. */
    static Optional<String> of(TarnException failure) {
        return Optional.ofNullable(failure.details().get("statement_id"))
                .map(id -> text(UUID.fromString(id.toString())));
    }
}
