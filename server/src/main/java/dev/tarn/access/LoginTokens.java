package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Signs users in to contracts that have a login: a password opens a family, which has one good refresh token at a time and
 * access tokens that open by themselves until they expire. A refresh token is used once. When it comes again, either its thief
 * or its owner holds the newer one, so the whole family ends, access tokens too. What opens something takes nobody's word for
 * who is asking: each of these calls carries its own secret.
 */
public final class LoginTokens {
    private final Audit audit;
    private final Database database;
    private final PasswordProof proof;
    private final TenantStore tenants;
    private final FamilyStore families;
    private final SigningKeys keys;
    private final AccessTokens accessTokens;
    private final Secrets secrets;
    private final SignInSettings settings;
    private final Ids ids;
    private final Clock clock;

    LoginTokens(
            Audit audit,
            Database database,
            PasswordProof proof,
            TenantStore tenants,
            FamilyStore families,
            SigningKeys keys,
            AccessTokens accessTokens,
            Secrets secrets,
            SignInSettings settings,
            Ids ids,
            Clock clock) {
        this.audit = audit;
        this.database = database;
        this.proof = proof;
        this.tenants = tenants;
        this.families = families;
        this.keys = keys;
        this.accessTokens = accessTokens;
        this.secrets = secrets;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Begins a family.
     *
     * @param caller anybody: the password decides who signs in
     * @param name a user's name or e-mail address
     * @throws TarnException {@code UNAUTHENTICATED}, the same for an unknown user, a wrong password and a user who is switched
     *     off; {@code RATE_LIMITED} after too many of them
     */
    public IssuedTokens signIn(Caller caller, String name, String password) {
        PasswordProof.Proven proven = proof.require(caller, name, password);
        User user = proven.user();
        SigningKeys.Signer signer = keys.signer();
        Instant now = clock.instant();
        FamilyStore.Family family = new FamilyStore.Family(
                user.tenantId(),
                ids.next(),
                user.id(),
                tenants.workspace(user.tenantId(), Workspace.DEFAULT)
                        .orElseThrow()
                        .id(),
                user.name(),
                now,
                now.plus(settings.family()));
        return database.inTransaction(() -> {
            proof.accept(proven);
            families.forget(now);
            families.insert(family);
            audit.recordSignIn(
                    user.tenantId(),
                    caller,
                    user.name(),
                    Audit.Outcome.DONE,
                    Map.of("by", "password", "for", "tokens"));
            return issue(signer, family);
        });
    }

    /**
     * Exchanges a refresh token for the next one.
     *
     * @throws TarnException {@code UNAUTHENTICATED} for one that is unknown, expired, ended or used before, or of a user who is
     *     switched off
     */
    public IssuedTokens refresh(Caller caller, String refreshToken) {
        if (!Secrets.isRefreshToken(refreshToken)) {
            throw refused();
        }
        SigningKeys.Signer signer = keys.signer();
        String hash = Secrets.hash(refreshToken);
        Instant now = clock.instant();
        // The end of a family is kept although the call fails.
        return database.inTransaction(() -> exchanged(caller, signer, hash, now))
                .orElseThrow(LoginTokens::refused);
    }

    private Optional<IssuedTokens> exchanged(Caller caller, SigningKeys.Signer signer, String hash, Instant now) {
        boolean first = families.spend(hash, now);
        Optional<FamilyStore.Known> known = families.known(hash);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        FamilyStore.Known token = known.get();
        if (!first) {
            if (families.end(token.tenantId(), token.familyId(), true, now)) {
                record(caller, token, Audit.Outcome.DENIED, "a refresh token was used twice");
            }
            return Optional.empty();
        }
        return families.open(token.tenantId(), token.familyId(), now)
                .filter(family -> token.expiresAt().isAfter(now))
                .map(family -> issue(signer, family));
    }

    private IssuedTokens issue(SigningKeys.Signer signer, FamilyStore.Family family) {
        String refresh = secrets.refreshToken();
        Instant end = clock.instant().plus(settings.refreshToken());
        families.insertToken(
                family, Secrets.hash(refresh), end.isBefore(family.expiresAt()) ? end : family.expiresAt());
        return new IssuedTokens(accessTokens.sign(signer, family), refresh);
    }

    /**
     * Ends the family of a refresh token, of a used one too; an access token lives until it expires. Doing it again changes
     * nothing.
     *
     * @throws TarnException {@code UNAUTHENTICATED} for one that is unknown
     */
    public void logout(Caller caller, String refreshToken) {
        if (!Secrets.isRefreshToken(refreshToken)) {
            throw refused();
        }
        FamilyStore.Known token = families.known(Secrets.hash(refreshToken)).orElseThrow(LoginTokens::refused);
        database.inTransaction(() -> {
            if (families.end(token.tenantId(), token.familyId(), false, clock.instant())) {
                record(caller, token, Audit.Outcome.DONE, "logout");
            }
        });
    }

    /** In the trail of the user whose token it is, as done by that user. */
    private void record(Caller caller, FamilyStore.Known token, Audit.Outcome outcome, String why) {
        Caller user = new Caller.TokenHolder(
                token.tenantId(),
                token.workspaceId(),
                token.userId(),
                token.userName(),
                token.familyId(),
                caller.origin());
        audit.record(
                user, Verb.DROP, Resource.user(token.userName()), outcome, Map.of("what", "token family", "why", why));
    }

    private static TarnException refused() {
        return new TarnException(
                ErrorCode.UNAUTHENTICATED,
                "The refresh token is not valid: it is mistyped, expired, used or ended; sign in again");
    }
}
