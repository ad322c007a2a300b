package dev.tarn.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.network.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What issuers publish: their addresses and keys. It is kept for ten minutes; a key that is not among the kept ones makes it
 * fetched anew, at most twice a minute, whatever tokens come; while an issuer does not answer, what was kept is used for a day.
 * One thread fetches, and only those wait for it who have nothing yet.
 */
final class Issuers {
    private static final Logger LOG = LoggerFactory.getLogger(Issuers.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration USABLE = Duration.ofDays(1);
    private static final int MOST_ISSUERS = 1_000;
    private static final int MOST_KEYS = 100;

    private final OutboundHttp http;
    private final Clock clock;
    private final LoadingCache<String, Entry> entries =
            Caffeine.newBuilder().maximumSize(MOST_ISSUERS).build(issuer -> new Entry());

    Issuers(OutboundHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    private record Known(IssuerMetadata metadata, JWKSet keys, Instant at) {}

    private static final class Entry {
        private final ReentrantLock fetching = new ReentrantLock();
        private volatile @Nullable Known known;
        private volatile @Nullable Instant lastTry;
    }

    /**
     * The issuer's addresses.
     *
     * @throws TarnException {@code ISSUER_UNAVAILABLE}
     */
    IssuerMetadata metadata(String issuer) {
        return known(issuer, Optional.empty()).metadata();
    }

    /**
     * The issuer's keys, among them the one of that id when the issuer has it.
     *
     * @throws TarnException {@code ISSUER_UNAVAILABLE}
     */
    List<JWK> keys(String issuer, Optional<String> keyId) {
        return known(issuer, keyId).keys().getKeys();
    }

    private Known known(String issuer, Optional<String> keyId) {
        Entry entry = entries.get(issuer);
        Known known = entry.known;
        if (known == null) {
            entry.fetching.lock();
        } else if (isGood(known, keyId) || isRecent(entry.lastTry, PAUSE) || !entry.fetching.tryLock()) {
            return usable(issuer, known);
        }
        try {
            known = entry.known; // another thread may have been here
            if ((known == null || !isGood(known, keyId)) && !isRecent(entry.lastTry, PAUSE)) {
                entry.lastTry = clock.instant();
                known = fetch(issuer);
                entry.known = known;
            }
        } catch (IOException | JacksonException | ParseException e) {
            LOG.warn("The issuer {} does not answer as it should: {}", issuer, e.getMessage());
        } finally {
            entry.fetching.unlock();
        }
        return usable(issuer, known);
    }

    private boolean isGood(Known known, Optional<String> keyId) {
        return isRecent(known.at(), FRESH)
                && keyId.map(id -> known.keys().getKeyByKeyId(id) != null).orElse(true);
    }

    /** A time in the future is from before the clock was set back, and says nothing. */
    private boolean isRecent(@Nullable Instant at, Duration limit) {
        if (at == null) {
            return false;
        }
        Duration age = Duration.between(at, clock.instant());
        return !age.isNegative() && age.compareTo(limit) < 0;
    }

    private Known usable(String issuer, @Nullable Known known) {
        if (known == null || !isRecent(known.at(), USABLE)) {
            throw new TarnException(
                    ErrorCode.ISSUER_UNAVAILABLE,
                    "The identity provider %s cannot be asked for its keys; try again in a minute".formatted(issuer));
        }
        return known;
    }

    private Known fetch(String issuer) throws IOException, ParseException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        String document = text(URI.create(base + "/.well-known/openid-configuration"));
        IssuerMetadata metadata = IssuerMetadata.of(issuer, JSON.readTree(document));
        JWKSet keys = JWKSet.parse(text(metadata.keys())).toPublicJWKSet();
        if (keys.size() > MOST_KEYS) {
            throw new IOException("it has more than %d keys".formatted(MOST_KEYS));
        }
        return new Known(metadata, keys, clock.instant());
    }

    private String text(URI uri) throws IOException {
        OutboundHttp.Answer answer = http.get(uri);
        if (answer.status() != 200) {
            throw new IOException("%s answered %d".formatted(uri.getPath(), answer.status()));
        }
        return answer.body();
    }
}
