package dev.tarn.api.datalynxr;

import dev.tarn.platform.Ids;
import java.util.UUID;

/** How the contract shows a statement's id. */
final class QueryId {
    private QueryId() {}

    static String text(UUID id) {
        return "qry_" + Ids.base32(id);
    }
}
