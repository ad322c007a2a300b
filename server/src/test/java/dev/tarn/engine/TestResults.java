package dev.tarn.engine;

import java.util.List;
import org.apache.arrow.memory.RootAllocator;

/** Results for tests of other modules, without a worker. */
public final class TestResults {
    private TestResults() {}

    public static KeptResults kept() {
        return new KeptResults(new RootAllocator());
    }

    /** One column {@code n} with one number. */
    public static QueryResult number(long number) {
        return new ListedResult(List.of(new ResultColumn("n", "BIGINT")), List.of(List.of(number)));
    }
}
