package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a worker process: its start, its death, and all that must not kill it. */
@Timeout(20)
@Tag("slow")
class ProcessTest {
    private static final String ENDLESS = "select count(*) from range(1000000000000) a, range(1000) b";

    @TempDir
    Path folder;

    private WorkerProcess worker;

    @BeforeEach
    void start() throws IOException {
        worker = WorkerProcess.start(folder);
    }

    @AfterEach
    void end() throws IOException {
        worker.close();
    }

    @Test
    void saysWhoItIs() {
        assertThat(worker.ready().pid()).isEqualTo(worker.process.pid());
        assertThat(worker.ready().engineVersion()).isEqualTo("v2.0.0");
    }

    @Test
    void endsWhenTheServerDoesEvenInTheMiddleOfWork() throws Exception {
        worker.send(run(1, ENDLESS));
        TimeUnit.MILLISECONDS.sleep(200);
        worker.disconnect();
        assertThat(worker.process.waitFor(2, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.process.exitValue()).isZero();
    }

    @Test
    void itsDeathIsAnEndOfFile() throws Exception {
        worker.send(run(1, ENDLESS));
        worker.process.destroyForcibly().waitFor();
        assertThatThrownBy(worker::conversation).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ENDLESS,
                "select * from range(1000000000000)",
                "select * from range(1000000000000) t(i) where hash(i) = 7",
                "select i, hash(i) from range(300000000) t(i) order by 2"
            })
    void aCancelledStatementEndsSoonAndThePingIsAnsweredMeanwhile(String sql) throws Exception {
        worker.send(run(1, sql));
        TimeUnit.MILLISECONDS.sleep(300);
        worker.send(new Message.Ping(77));
        long asked = System.nanoTime();
        while (!new Message.Pong(77).equals(worker.next())) {}
        assertThat(System.nanoTime() - asked).isLessThan(TimeUnit.SECONDS.toNanos(5));
        worker.send(new Message.Cancel(1));
        long cancelled = System.nanoTime();
        Message last = worker.conversation().getLast();
        assertThat(((Message.Failed) last).failure().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(System.nanoTime() - cancelled).isLessThan(TimeUnit.SECONDS.toNanos(10));
        assertAlive();
    }

    @Test
    void aTaskThatWaitsCanBeCancelledAndAnUnknownOneIsIgnored() throws Exception {
        worker.send(new Message.Cancel(99));
        worker.send(run(1, ENDLESS));
        worker.send(run(2, "select 2"));
        worker.send(new Message.Cancel(2));
        worker.send(new Message.Cancel(1));
        assertThat(worker.conversation().getLast()).isInstanceOf(Message.Failed.class);
        Message second = worker.conversation().getLast();
        assertThat(((Message.Failed) second).id()).isEqualTo(2);
        assertAlive();
    }

    @Test
    void progressIsToldWhileAStatementRuns() throws Exception {
        worker.send(run(1, ENDLESS));
        Message message = worker.next();
        assertThat(message).isInstanceOf(Message.Progress.class);
        worker.send(new Message.Cancel(1));
        worker.conversation();
    }

    @Test
    void bombsOfMemoryAreFailuresUnderALimitOnAddressSpace() throws Exception {
        long limit = addressSpace() + (512L << 20);
        new ProcessBuilder("prlimit", "--pid", String.valueOf(worker.process.pid()), "--as=" + limit)
                .inheritIO()
                .start()
                .waitFor();
        for (String bomb : List.of(
                "select length(range(2000000000))",
                "select repeat('x', 2000000000)",
                "select list(repeat('x', 1000) || i) from range(100000000) t(i)")) {
            Message last = worker.ask(
                    new Message.Run(1, new Query(bomb, List.of(), List.of(), "iceberg", "shop", 256L << 20, 2)));
            assertThat(last).as(bomb).isInstanceOf(Message.Failed.class);
            assertThat(((Message.Failed) last).failure().kind()).as(bomb).isEqualTo(Kind.OUT_OF_MEMORY);
            assertAlive();
        }
    }

    @Test
    void nestingIsAFailureAndNeverACrash() throws Exception {
        for (String deep : List.of(
                "select " + "(".repeat(3_000) + "1" + ")".repeat(3_000),
                "select " + "(select ".repeat(800) + "1" + ")".repeat(800),
                "select * from " + "(select * from ".repeat(800) + "range(1)" + ")".repeat(800),
                "select 1" + " + 1".repeat(3_000),
                "select 1" + " union all select 1".repeat(1_000),
                "select " + "abs(".repeat(3_000) + "1" + ")".repeat(3_000))) {
            worker.ask(run(1, deep));
            assertAlive();
        }
    }

    private void assertAlive() throws IOException {
        assertThat(worker.process.isAlive()).isTrue();
        assertThat(worker.ask(run(5, "select 1"))).isEqualTo(new Message.Done(5, 1, 0));
    }

    private long addressSpace() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + worker.process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmSize:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    private static Message run(long id, String sql) {
        return new Message.Run(id, new Query(sql, List.of(), List.of(), "iceberg", "shop", 256L << 20, 2));
    }
}
