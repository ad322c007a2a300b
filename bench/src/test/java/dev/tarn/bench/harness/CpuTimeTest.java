package dev.tarn.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CpuTimeTest {
    @TempDir
    Path proc;

    @Test
    void aLineOfTheKernelIsReadWhateverTheProcessIsCalled() {
        ProcessTimes times = ProcessTimes.parse(
                "42 (a) b (c) S 7 42 42 0 -1 4194304 100 200 0 0 150 25 40 5 20 0 30 0 12345 99 88 18446744073709551615\n");

        assertThat(times).isEqualTo(new ProcessTimes(7, 175, 45));
        assertThat(times.all()).isEqualTo(220);
    }

    @Test
    void theServerItsWorkersAndThoseThatEndedAreCountedAndNoOthers() throws IOException {
        process(1, 0, 9_000, 9_000);
        process(100, 1, 200, 30);
        process(101, 100, 50, 0);
        process(102, 100, 60, 4);
        process(103, 102, 6, 0);
        process(200, 1, 700, 70);
        Files.createDirectories(proc.resolve("self"));

        assertThat(new CpuTime(proc).seconds(100)).isEqualTo(3.50);
        assertThat(new CpuTime(proc).seconds(101)).isEqualTo(0.50);
    }

    @Test
    void aWorkerThatEndsMovesItsTimeToTheServerAndLosesNone() throws IOException {
        process(100, 1, 200, 30);
        process(101, 100, 50, 7);
        CpuTime cpu = new CpuTime(proc);
        double before = cpu.seconds(100);

        process(100, 1, 200, 87);
        Folders.delete(proc.resolve("101"));

        assertThat(cpu.seconds(100)).isEqualTo(before);
    }

    @Test
    void aProcessThatIsGoneHasNoTime() {
        assertThatThrownBy(() -> new CpuTime(proc).seconds(100)).hasMessage("Process 100 is gone");
    }

    @Test
    void thisMachineCountsThisProcess() throws IOException {
        assertThat(CpuTime.ofThisMachine().seconds(ProcessHandle.current().pid()))
                .isPositive();
    }

    private void process(long pid, long parent, long own, long ended) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
        Files.writeString(
                folder.resolve("stat"),
                "%d (java worker) S %d 1 1 0 -1 0 0 0 0 0 %d %d %d %d 20 0 1 0 5 0 0\n"
                        .formatted(pid, parent, own - own / 4, own / 4, ended - ended / 3, ended / 3));
    }
}
