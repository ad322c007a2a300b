package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.SealedValues;
import java.time.Clock;
import java.util.function.Supplier;

/** What is behind a sign-in, put together: the proof by a password, and the tokens that one gets for it. */
final class SignInParts {
    private final PasswordProof proof;
    private final SigningKeys signingKeys;
    private final AccessTokens accessTokens;
    private final LoginTokens loginTokens;

    SignInParts(
            Database database,
            Access access,
            Audit audit,
            Passwords passwords,
            Secrets secrets,
            UserStore users,
            TenantStore tenants,
            FamilyStore families,
            SigningKeyStore signingKeyStore,
            SignInFailureStore failures,
            Supplier<SealedValues> sealed,
            SignInSettings settings,
            Ids ids,
            Clock clock) {
        this.proof = new PasswordProof(
                audit,
                passwords,
                users,
                new PasswordTries(
                        database,
                        failures,
                        settings.backOff(),
                        clock,
                        "Too many wrong passwords for this user name came from this address"));
        this.signingKeys =
                new SigningKeys(access, audit, database, signingKeyStore, sealed, settings.accessToken(), ids, clock);
        this.accessTokens = new AccessTokens(signingKeys, families, settings.accessToken(), ids, clock);
        this.loginTokens = new LoginTokens(
                audit, database, proof, tenants, families, signingKeys, accessTokens, secrets, settings, ids, clock);
    }

    PasswordProof proof() {
        return proof;
    }

    SigningKeys signingKeys() {
        return signingKeys;
    }

    AccessTokens accessTokens() {
        return accessTokens;
    }

    LoginTokens loginTokens() {
        return loginTokens;
    }
}
