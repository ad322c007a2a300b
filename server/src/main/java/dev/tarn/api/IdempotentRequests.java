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
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** Together longer than the lease of a server that has died. */
    private static final int WAITS = 350;

    private static final Duration WAIT = Duration.ofMillis(100);

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

    /** How long an answer is kept at least. */
    public Duration lifetime() {
        return kept;
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
        IdempotencyStore.Key key = key(caller, header);
        return switch (database.inTransaction(() -> begin(key, requestHash))) {
            case Start.Begun begun -> run(key, work);
            case Start.Answered known -> known.answer();
            case Start.Running running -> throw stillRuns();
        };
    }

    /**
     * {@link #once(Caller, String, String, Function)} for a contract whose clients take what they are told for final: a refusal that
     * will stay is kept like any answer, and a request that comes while the first one still runs waits for that one's answer.
     *
     * @throws TarnException {@code STILL_RUNNING} when that takes too long
     */
    public Answer settled(
            Caller caller,
            Contract contract,
            String header,
            String requestHash,
            Function<Consumer<Answer>, Answer> work) {
        IdempotencyStore.Key key = key(caller, header);
        for (int wait = 0; wait < WAITS; wait++) {
            if (wait > 0 && runs(key)) {
                pause();
                continue;
            }
            switch (database.inTransaction(() -> begin(key, requestHash))) {
                case Start.Begun begun -> {
                    return run(key, early -> settle(caller, contract, key, early, work));
                }
                case Start.Answered known -> {
                    return known.answer();
                }
                case Start.Running running -> pause();
            }
        }
        throw new TarnException(
                ErrorCode.STILL_RUNNING,
                "The first request with this Idempotency-Key still runs; send it again later, with the same key");
    }

    /** What the work answers, or refuses for good; what it had kept before it failed, when that has become true. */
    private Answer settle(
            Caller caller,
            Contract contract,
            IdempotencyStore.Key key,
            Consumer<Answer> early,
            Function<Consumer<Answer>, Answer> work) {
        AtomicBoolean handedOver = new AtomicBoolean();
        try {
            return work.apply(answer -> {
                handedOver.set(true);
                early.accept(answer);
            });
        } catch (RuntimeException e) {
            Optional<IdempotencyStore.Kept> known = handedOver.get() ? store.find(key) : Optional.empty();
            return known.filter(IdempotencyStore.Kept::answered)
                    .map(answered -> replay(key, answered))
                    .or(() -> LastingRefusals.of(caller, contract, e))
                    .orElseThrow(() -> e);
        }
    }

    private boolean runs(IdempotencyStore.Key key) {
        return store.find(key)
                .filter(known -> !known.answered() && known.leaseUntil().isAfter(clock.instant()))
                .isPresent();
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TarnException(ErrorCode.STOPPING, "The server is stopping; try again in a moment", e);
        }
    }

    /** How a request with a key starts. */
    private sealed interface Start {
        /** It is the first one. */
        record Begun() implements Start {}

        /** The first one has been answered. */
        record Answered(Answer answer) implements Start {}

        /** The first one still runs. */
        record Running() implements Start {}
    }

    private Start begin(IdempotencyStore.Key key, String requestHash) {
        Instant now = clock.instant();
        Instant lease = now.plus(LEASE);
        if (store.begin(key, requestHash, owner, lease, now, now.plus(kept))) {
            return new Start.Begun();
        }
        Optional<IdempotencyStore.Kept> found = store.find(key);
        if (found.isEmpty()) {
            return new Start.Running();
        }
        IdempotencyStore.Kept known = found.get();
        if (known.expiresAt().isBefore(now)) {
            store.purge(now);
            if (store.begin(key, requestHash, owner, lease, now, now.plus(kept))) {
                return new Start.Begun();
            }
            return new Start.Running();
        }
        if (!known.requestHash().equals(requestHash)) {
            throw new TarnException(
                    ErrorCode.IDEMPOTENCY_CONFLICT,
                    "This Idempotency-Key belongs to another request; use a new key for a new request");
        }
        if (known.answered()) {
            return new Start.Answered(replay(key, known));
        }
        if (known.leaseUntil().isAfter(now) || !store.takeOver(key, known, owner, lease)) {
            return new Start.Running();
        }
        return new Start.Begun();
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

    private static IdempotencyStore.Key key(Caller caller, String header) {
        if (!KEY.matcher(header).matches()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "An Idempotency-Key has 1 to 200 printable ASCII characters without blanks; a UUID is a good one");
        }
        return new IdempotencyStore.Key(caller.tenantId(), caller.userId(), header);
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
            if (!isKept(key, answer)) {
                keep(key, answer);
            }
            return answer;
        } finally {
            running.decrementAndGet();
            if (!worked) {
                database.inTransaction(() -> store.forget(key, owner));
            }
        }
    }

    /** Looking costs less than writing it once more. */
    private boolean isKept(IdempotencyStore.Key key, Answer answer) {
        return !answer.secret()
                && store.find(key)
                        .filter(IdempotencyStore.Kept::answered)
                        .filter(known -> replay(key, known).equals(answer))
                        .isPresent();
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
