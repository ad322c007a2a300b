package dev.tarn.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.storage.FailingStores;
import dev.tarn.storage.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restore that dies at any step leaves nothing or everything, and run again it completes. */
@Tag("slow")
class RestoreCrashTest {
    @TempDir
    Path folder;

    private int runs;

    private record Run(Path home, String url) {}

    private Run run(Path file, boolean postgres, BackupWorld world, Run run, Faults faults) {
        StagedFolder stage = new StagedFolder(run.home);
        RestoreTarget target = null;
        try {
            StagedHome failing = FailingStores.of(StagedHome.class, stage, faults);
            failing.begin();
            target = postgres ? new JdbcPostgresTarget(run.url) : new JdbcSqliteTarget(stage.database());
            BackupWorld.restoring()
                    .restore(
                            file,
                            BackupWorld.PASSPHRASE,
                            new BackupPlaces(run.home, run.url, world.home.resolve("warehouse")),
                            failing,
                            FailingStores.of(RestoreTarget.class, target, faults));
        } catch (RuntimeException e) {
            assertThat(faults.dead()).as(e.toString()).isTrue();
        } finally {
            // What the end of a process does: its connections and locks are gone.
            if (target != null) {
                target.close();
            }
            stage.close();
        }
        return run;
    }

    private Run fresh(boolean postgres) {
        Path home = folder.resolve("run" + ++runs);
        return new Run(home, BackupWorld.freshUrl(postgres, home));
    }

    /** Of steps that are alike, as those of one table after the other, the first, the middle and the last; by their numbers from 1. */
    private static Set<Integer> telling(List<String> steps) {
        Map<String, List<Integer>> alike = new LinkedHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            alike.computeIfAbsent(steps.get(i), any -> new ArrayList<>()).add(i + 1);
        }
        Set<Integer> telling = new TreeSet<>();
        alike.values()
                .forEach(numbers -> telling.addAll(
                        List.of(numbers.getFirst(), numbers.get(numbers.size() / 2), numbers.getLast())));
        return telling;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsHalf(boolean postgres) throws IOException {
        try (BackupWorld world = new BackupWorld(folder, postgres)) {
            Path file = folder.resolve("tarn.backup");
            world.backUp(file);
            Map<String, RowsDigest> expected = BackupWorld.contents(world.url);
            Faults counting = Faults.none();
            run(file, postgres, world, fresh(postgres), counting);
            int steps = counting.steps().size();
            assertThat(steps).isGreaterThan(20);
            for (int step : telling(counting.steps())) {
                // Dying after a step is dying before the next one.
                for (Faults.Kind kind : step < steps
                        ? List.of(Faults.Kind.DIE_BEFORE)
                        : List.of(Faults.Kind.DIE_BEFORE, Faults.Kind.DIE_AFTER)) {
                    Run run = run(file, postgres, world, fresh(postgres), Faults.at(step, kind));
                    String where = kind + " at " + counting.steps().get(step - 1);
                    if (Files.exists(run.home)) {
                        assertThat(run.home.resolve("secret.key")).as(where).exists();
                        RestoreTest.assertSame(expected, BackupWorld.contents(run.url));
                    } else {
                        run(file, postgres, world, run, Faults.none());
                        RestoreTest.assertSame(expected, BackupWorld.contents(run.url));
                        assertThat(run.home.resolve("secret.key")).as(where).exists();
                    }
                }
            }
        }
    }
}
