package dev.tarn.access;

import java.util.Optional;

/** One kind of bearer token beside keys. The text decides the kind, so that every contract takes every credential. */
interface BearerTokens {
    /** The caller behind the token; empty for whatever is no good token of this kind. */
    Optional<Caller> caller(String token, Caller.Origin origin);
}
