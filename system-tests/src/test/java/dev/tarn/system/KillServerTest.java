package dev.tarn.system;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the server during loads. */
class KillServerTest {
    private static final int FEW = 6;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    @Test
    void aKillDuringALoadLeavesTheOldTableOrTheNewOneAndNothingElse() {
        killInRounds(FEW, false);
    }

    @Test
    @Tag("faults")
    void manyKillsDuringLoadsLeaveTheOldTableOrTheNewOneAndNothingElse() {
        killInRounds(Integer.getInteger("tarn.faults.rounds", FEW), true);
    }

    private void killInRounds(int rounds, boolean sentAgain) {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            new KillRounds(server, sentAgain).run(rounds);
        }
    }
}
