package dev.tarn.access;

import dev.tarn.platform.TarnException;

/**
 * What OAuth's clients with a secret do: any credential of ours is a secret, and is its own access token. So a client may exactly
 * what the credential may, as long as it does, and nothing more is kept.
 */
public final class ClientCredentials {
    private final Audit audit;
    private final Credentials credentials;

    ClientCredentials(Audit audit, Credentials credentials) {
        this.audit = audit;
        this.credentials = credentials;
    }

    /**
     * The access token for a secret.
     *
     * @param caller anybody: the secret decides
     * @throws TarnException {@code UNAUTHENTICATED}
     */
    public String accessToken(Caller caller, String secret) {
        try {
            credentials.authenticate(secret, caller.origin());
        } catch (TarnException e) {
            audit.refused(new Caller.Anonymous(caller.origin()), "client secret");
            throw e;
        }
        return secret;
    }
}
