package dev.tarn.engine;

import java.util.OptionalLong;
import java.util.function.DoubleConsumer;

/**
 * How a statement runs that nobody waits for.
 *
 * @param maximumResult in bytes, as the result leaves the worker; empty: as for any statement
 * @param progress is told how far it is, 0 to 1, whenever that is known
 */
public record LongRun(OptionalLong maximumResult, DoubleConsumer progress) {
    /** A statement that somebody waits for. */
    static final LongRun NOT = new LongRun(OptionalLong.empty(), fraction -> {});

    void reached(double fraction) {
        if (fraction >= 0) {
            progress.accept(fraction);
        }
    }
}
