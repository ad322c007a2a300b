package dev.tarn.adoption;

import dev.tarn.access.Caller;
import dev.tarn.adoption.AdoptedTable.Outcome;
import dev.tarn.jobs.Job;
import dev.tarn.jobs.JobHandler;
import dev.tarn.jobs.JobRun;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.secrets.SealedName;
import dev.tarn.platform.secrets.SealedValues;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.catalog.TableIdentifier;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at all tables first and notes what speaks against each, then registers the others one by one. Each registration is a
 * commit of its own, known again by the table's name, place and id: so a server that takes the work up after another was lost sees
 * what has happened, and does nothing twice.
 */
final class AdoptionJob implements JobHandler {
    static final String KIND = "adoption";

    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 10;

    /** ASCII, whatever the names have in them: neither database takes every text as it is. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final AdoptionSources sources;
    private final TableAdopter adopter;
    private final SealedValues sealed;
    private final Clock clock;

    AdoptionJob(AdoptionSources sources, TableAdopter adopter, SealedValues sealed, Clock clock) {
        this.sources = sources;
        this.adopter = adopter;
        this.sealed = sealed;
        this.clock = clock;
    }

    /** What has been found: of every table, once all were looked at. */
    private record Found(List<AdoptedTable> tables) {}

    static String payload(WantedAdoption wanted) {
        return JSON.writeValueAsString(wanted);
    }

    static WantedAdoption wanted(Job job) {
        return JSON.readValue(job.payload(), WantedAdoption.class);
    }

    static Optional<List<AdoptedTable>> found(Job job) {
        return job.result().map(text -> JSON.readValue(text, Found.class).tables());
    }

    static SealedName secretOf(Job job) {
        return new SealedName(job.owner().tenantId(), KIND, job.id().toString());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int attempts() {
        return ATTEMPTS;
    }

    @Override
    public Duration kept() {
        return KEPT;
    }

    @Override
    public void run(JobRun run) {
        try {
            WantedAdoption wanted = wanted(run.job());
            List<AdoptedTable> tables = new ArrayList<>(found(run.job()).orElseGet(() -> look(run, wanted)));
            if (!wanted.dryRun()) {
                register(run, tables);
            }
            run.complete(JSON.writeValueAsString(new Found(tables)), () -> sealed.remove(secretOf(run.job())));
        } catch (TarnException e) {
            if (!e.code().retryable()) {
                sealed.remove(secretOf(run.job()));
            }
            throw e;
        }
    }

    private List<AdoptedTable> look(JobRun run, WantedAdoption wanted) {
        ForeignCatalog catalog = sources.open(run.caller(), run.job(), wanted);
        List<TableIdentifier> there = catalog.tables(wanted.choice(), () -> goOn(run));
        List<AdoptedTable> tables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TableIdentifier table : there) {
            goOn(run);
            tables.add(once(adopter.judge(run.caller(), catalog, table, wanted.into()), names));
            run.progress((double) tables.size() / there.size() / (wanted.dryRun() ? 1 : 2));
        }
        for (String missing : wanted.choice().missing(there)) {
            tables.add(new AdoptedTable(missing, null, null, Outcome.REFUSED, "The catalog has nothing of that name"));
        }
        run.note(JSON.writeValueAsString(new Found(tables)));
        return tables;
    }

    /** Of two tables whose names differ in case alone, the second can have none here. */
    private static AdoptedTable once(AdoptedTable table, Set<String> names) {
        boolean second = table.outcome() == Outcome.POSSIBLE
                && !names.add(String.valueOf(table.name()).toLowerCase(Locale.ROOT));
        return second
                ? table.with(Outcome.NAME_TAKEN, "Another table of the catalog has a name that differs in case alone")
                : table;
    }

    private void register(JobRun run, List<AdoptedTable> tables) {
        Caller caller = run.caller();
        // What is here by now, although it was not when it was looked at: a run that was cut off has registered it.
        Outcome ifHere = run.job().attempts() > 1 ? Outcome.REGISTERED : Outcome.ALREADY_HERE;
        Instant noted = clock.instant();
        try {
            for (int at = 0; at < tables.size(); at++) {
                goOn(run);
                AdoptedTable table = tables.get(at);
                if (table.outcome() == Outcome.POSSIBLE) {
                    tables.set(at, adopter.register(caller, table, ifHere));
                }
                run.progress(0.5 + 0.5 * (at + 1) / tables.size());
                if (clock.instant().isAfter(noted.plus(BETWEEN_NOTES))) {
                    run.note(JSON.writeValueAsString(new Found(tables)));
                    noted = clock.instant();
                }
            }
        } catch (TarnException e) {
            run.note(JSON.writeValueAsString(new Found(tables)));
            throw e;
        }
    }

    private static void goOn(JobRun run) {
        run.cancellation().requireWanted();
    }

    @Override
    public Runnable forget(Job job) {
        sealed.remove(secretOf(job));
        return () -> {};
    }
}
