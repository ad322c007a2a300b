package dev.tarn.upkeep;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.catalog.CatalogIndex;
import dev.tarn.catalog.TableName;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All tables by what hurts. */
public final class HealthRanking {
    private static final int MOST = 10_000;
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Access access;
    private final CatalogIndex index;
    private final TableHealths healths;
    private final Clock clock;

    HealthRanking(Access access, CatalogIndex index, TableHealths healths, Clock clock) {
        this.access = access;
        this.index = index;
        this.healths = healths;
        this.clock = clock;
    }

    /**
     * Tables, the worst first.
     *
     * @param complete whether all tables are there that the caller sees; else there was no time for some, which are known the next time
     */
    public record Ranking(List<Ranked> tables, boolean complete) {}

    /** A table. */
    public record Ranked(TableHealth health) {
        /** Work of a full scan that could be saved, in bytes that are read. */
        public double hurts() {
            return health.savedWork();
        }
    }

    /** The tables that the caller sees, up to 10,000, as many as can be looked at in some seconds. */
    public Ranking all(Caller caller) {
        access.requireSomebody(caller);
        Instant end = clock.instant().plus(PATIENCE);
        List<Ranked> ranked = new ArrayList<>();
        Optional<TableName> last = Optional.empty();
        boolean complete = true;
        List<CatalogIndex.Place> page;
        do {
            page = index.places(caller, last, PAGE);
            for (CatalogIndex.Place place : page) {
                last = Optional.of(place.name());
                if (ranked.size() >= MOST || clock.instant().isAfter(end)) {
                    complete = false;
                } else {
                    health(caller, place.name()).ifPresent(health -> ranked.add(new Ranked(health)));
                }
            }
        } while (complete && page.size() == PAGE);
        ranked.sort(Comparator.comparingDouble(Ranked::hurts).reversed());
        return new Ranking(ranked, complete);
    }

    /** One that cannot be read is not in the list; its own page says why. */
    private Optional<TableHealth> health(Caller caller, TableName name) {
        try {
            return Optional.of(healths.of(caller, name));
        } catch (TarnException e) {
            if (e.code() == ErrorCode.UNAUTHENTICATED) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
