package dev.tarn.upkeep;

import dev.tarn.catalog.VersionFiles;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files that a table had before anything was erased.
 *
 * @param newest of its newest version then
 * @param others of others alone
 */
record ErasureReport(Set<String> newest, Set<String> others) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    ErasureReport {
        newest = new TreeSet<>(newest);
        others = new TreeSet<>(others);
    }

    /** What another run of the job has noted, or else what is there now; that is noted. */
    static ErasureReport begun(UpkeepRun run, Supplier<VersionFiles.Found> now) {
        return run.job()
                .job()
                .result()
                .map(noted -> JSON.readValue(noted, ErasureReport.class))
                .orElseGet(() -> {
                    VersionFiles.Found found = now.get();
                    ErasureReport report = new ErasureReport(found.newest(), found.others());
                    run.job().note(JSON.writeValueAsString(report));
                    return report;
                });
    }

    long count() {
        return (long) newest.size() + others.size();
    }

    /** Hears of a file, and whether the newest version had it. */
    @FunctionalInterface
    interface Each {
        void file(String file, boolean newest);
    }

    void each(Each each) {
        newest.forEach(file -> each.file(file, true));
        others.forEach(file -> each.file(file, false));
    }
}
