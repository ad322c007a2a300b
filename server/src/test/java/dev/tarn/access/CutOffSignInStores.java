package dev.tarn.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The real stores of signing in, until a certain write: before or after it the process is killed, as far as they can tell. */
final class CutOffSignInStores implements FamilyStore, SigningKeyStore, SignInFailureStore {
    private final FamilyStore families;
    private final SigningKeyStore keys;
    private final SignInFailureStore failures;
    private int left;

    CutOffSignInStores(FamilyStore families, SigningKeyStore keys, SignInFailureStore failures, int steps) {
        this.families = families;
        this.keys = keys;
        this.failures = failures;
        this.left = steps;
    }

    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private <T> T step(java.util.function.Supplier<T> write) {
        if (left-- == 0) {
            throw new Killed();
        }
        T result = write.get();
        if (left-- == 0) {
            throw new Killed();
        }
        return result;
    }

    private void step(Runnable write) {
        step(() -> {
            write.run();
            return true;
        });
    }

    @Override
    public void insert(Family family) {
        step(() -> families.insert(family));
    }

    @Override
    public void insertToken(Family family, String tokenHash, Instant expiresAt) {
        step(() -> families.insertToken(family, tokenHash, expiresAt));
    }

    @Override
    public boolean spend(String tokenHash, Instant at) {
        return step(() -> families.spend(tokenHash, at));
    }

    @Override
    public Optional<Known> known(String tokenHash) {
        return families.known(tokenHash);
    }

    @Override
    public Optional<Family> open(UUID tenantId, UUID familyId, Instant now) {
        return families.open(tenantId, familyId, now);
    }

    @Override
    public Optional<Caller> caller(Named named, Instant now, Caller.Origin origin) {
        return families.caller(named, now, origin);
    }

    @Override
    public boolean end(UUID tenantId, UUID familyId, boolean access, Instant at) {
        return step(() -> families.end(tenantId, familyId, access, at));
    }

    @Override
    public void endAll(UUID tenantId, UUID userId, Optional<UUID> kept, Instant at) {
        step(() -> families.endAll(tenantId, userId, kept, at));
    }

    @Override
    public Optional<UUID> signing() {
        return keys.signing();
    }

    @Override
    public Optional<String> verifying(UUID keyId, Instant now) {
        return keys.verifying(keyId, now);
    }

    @Override
    public void insert(UUID keyId, String publicKey, Instant at) {
        step(() -> keys.insert(keyId, publicKey, at));
    }

    @Override
    public boolean retire(UUID keyId, Instant verifiesUntil) {
        return step(() -> keys.retire(keyId, verifiesUntil));
    }

    @Override
    public void endRetired(Instant at) {
        step(() -> keys.endRetired(at));
    }

    @Override
    public Optional<Failures> find(Attempt attempt) {
        return failures.find(attempt);
    }

    @Override
    public boolean count(Attempt attempt, Optional<Failures> before, Failures after) {
        return step(() -> failures.count(attempt, before, after));
    }

    @Override
    public void forgive(Attempt attempt) {
        step(() -> failures.forgive(attempt));
    }

    /** All three of them forget what is old. */
    @Override
    public void forget(Instant before) {
        step(() -> {});
    }
}
