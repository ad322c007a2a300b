package dev.tarn.api;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Repeating;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.platform.secrets.SealedName;
import dev.tarn.platform.secrets.SealedValues;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests with an {@code Idempotency-Key} are carried out once. The first one runs under a lease that this server renews; its
 * answer is kept for a day and given again to the same request. Another request with the same key is refused; so is one that
 * comes while the first still runs, and it may be tried again. A request whose server died (its lease ran out) is taken over by
 * the next one with its key, and runs again. A request that failed is forgotten, because a refused write was not applied.
 *
 * <p>An answer that shows a secret is kept encrypted, for as long as any other.
 */
public final class IdempotentRequests implements AutoCloseable {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,200}");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration PURGE = Duration.ofHours(1);

    private final Database database;
    private final IdempotencyStore store;
    private final SealedValues sealed;
    private final Clock clock;
    private final Duration kept;
    private final String owner;
    private final AtomicInteger running = new AtomicInteger();
    private final Repeating upkeep;
    private Instant lastPurge = Instant.MIN;

    IdempotentRequests(
            Database database,
            IdempotencyStore store,
            SealedValues sealed,
            Ids ids,
            Clock clock,
            ApiSettings settings) {
        this.database = database;
        this.store = store;
        this.sealed = sealed;
        this.clock = clock;
        this.kept = settings.idempotency();
        this.owner = ids.next().toString();
        if (database.kind() == DatabaseKind.SQLITE) {
            // The lock of the home folder says that no other server lives, so nobody waits for a dead one's lease.
            database.inTransaction(() -> store.endOtherLeases(owner));
        }
        this.upkeep = Repeating.start("tarn-idempotency", RENEWAL, this::upkeep);
    }

    /**
     * What makes two requests the same one.
     *
     * @param parts method, path, query and body, or whatever of them decides what the request does
     */
    public static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(Integer.toString(part.length()).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) ':');
                digest.update(part.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /**
     * Carries out the work, or gives the answer that the same request has got already.
     *
     * @param header the Idempotency-Key; without one the work simply runs
     * @param requestHash {@link #hash} of the request
     */
    public Answer once(Caller caller, @Nullable String header, String requestHash, Supplier<Answer> work) {
        return once(caller, header, requestHash, early -> work.get());
    }

    /**
     * {@link #once(Caller, String, String, Supplier)} for work that can hand its answer over in the transaction that makes it
     * true: a server that is killed right after that commit then gives the same answer, rather than carry it out again.
     *
     * @param work takes where to hand the answer over, and returns it too
     */
    public Answer once(
            Caller caller, @Nullable String header, String requestHash, Function<Consumer<Answer>, Answer> work) {
        if (header == null) {
            return work.apply(answer -> {});
        }
        if (!KEY.matcher(header).matches()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "An Idempotency-Key has 1 to 200 printable ASCII characters without blanks; a UUID is a good one");
        }
        IdempotencyStore.Key key = new IdempotencyStore.Key(caller.tenantId(), caller.userId(), header);
        Optional<Answer> before = database.inTransaction(() -> begin(key, requestHash));
        return before.orElseGet(() -> run(key, work));
    }

    /** Begins the request, or finds its answer. */
    private Optional<Answer> begin(IdempotencyStore.Key key, String requestHash) {
        Instant now = clock.instant();
        Instant lease = now.plus(LEASE);
        if (store.begin(key, requestHash, owner, lease, now, now.plus(kept))) {
            return Optional.empty();
        }
        IdempotencyStore.Kept known = store.find(key).orElseThrow(IdempotentRequests::stillRuns);
        if (known.expiresAt().isBefore(now)) {
            store.purge(now);
            if (store.begin(key, requestHash, owner, lease, now, now.plus(kept))) {
                return Optional.empty();
            }
            throw stillRuns();
        }
        if (!known.requestHash().equals(requestHash)) {
            throw new TarnException(
                    ErrorCode.IDEMPOTENCY_CONFLICT,
                    "This Idempotency-Key belongs to another request; use a new key for a new request");
        }
        if (known.answered()) {
            return Optional.of(replay(key, known));
        }
        if (known.leaseUntil().isAfter(now) || !store.takeOver(key, known, owner, lease)) {
            throw stillRuns();
        }
        return Optional.empty();
    }

    private Answer replay(IdempotencyStore.Key key, IdempotencyStore.Kept known) {
        int status = known.status().orElseThrow();
        if (known.body().isPresent()) {
            return new Answer(status, known.body().filter(text -> !text.isEmpty()), false);
        }
        return sealed.find(sealedName(key))
                .map(bytes -> Answer.withSecret(status, new String(bytes, StandardCharsets.UTF_8)))
                .orElseThrow(() -> new TarnException(
                        ErrorCode.IDEMPOTENCY_CONFLICT,
                        "This request was carried out, and its answer showed a secret, which is no longer kept: "
                                + "revoke what it made, and make another with a new Idempotency-Key"));
    }

    private static SealedName sealedName(IdempotencyStore.Key key) {
        return new SealedName(key.tenantId(), "idempotent-answer", key.userId() + " " + key.text());
    }

    private boolean keep(IdempotencyStore.Key key, Answer answer) {
        return database.inTransaction(() -> {
            boolean ours = store.answer(key, owner, answer);
            if (ours && answer.secret()) {
                answer.body()
                        .ifPresent(body -> sealed.put(sealedName(key), body.getBytes(StandardCharsets.UTF_8), kept));
            }
            return ours;
        });
    }

    private static TarnException stillRuns() {
        return new TarnException(
                ErrorCode.CONFLICT, "The first request with this Idempotency-Key still runs; try again in a moment");
    }

    private Answer run(IdempotencyStore.Key key, Function<Consumer<Answer>, Answer> work) {
        running.incrementAndGet();
        boolean worked = false;
        try {
            Answer answer = work.apply(early -> keepEarly(key, early));
            worked = true;
            keep(key, answer);
            return answer;
        } finally {
            running.decrementAndGet();
            if (!worked) {
                database.inTransaction(() -> store.forget(key, owner));
            }
        }
    }

    /** In the transaction of the commit; without the lease that commit must not be, because another server repeats it. */
    private void keepEarly(IdempotencyStore.Key key, Answer answer) {
        if (!keep(key, answer)) {
            throw stillRuns();
        }
    }

    private void upkeep() {
        Instant now = clock.instant();
        if (running.get() > 0) {
            database.inTransaction(() -> store.renew(owner, now.plus(LEASE)));
        }
        if (lastPurge.isBefore(now.minus(PURGE))) {
            lastPurge = now;
            database.inTransaction(() -> store.purge(now));
            sealed.purge();
        }
    }

    @Override
    public void close() {
        upkeep.close();
    }
}
