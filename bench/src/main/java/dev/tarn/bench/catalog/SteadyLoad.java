package dev.tarn.bench.catalog;

import dev.tarn.bench.harness.BenchmarkException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Calls that begin at their own times, whether others are answered or not; each one's time counts from when it was due. */
record SteadyLoad(int aSecond, int seconds) {
    /** Begins them all and waits for the last. */
    Latency run(Latency.Call call) throws BenchmarkException, InterruptedException {
        int calls = aSecond * seconds;
        List<Future<Double>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            for (int number = 0; number < calls; number++) {
                long due = start + number * 1_000_000_000L / aSecond;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                int mine = number;
                answers.add(clients.submit(() -> {
                    call.run(mine);
                    return (System.nanoTime() - due) / 1e6;
                }));
            }
            double[] took = new double[calls];
            for (int number = 0; number < calls; number++) {
                took[number] = answers.get(number).get();
            }
            return Latency.of(took);
        } catch (ExecutionException e) {
            throw new BenchmarkException("A call under load failed: " + e.getCause());
        }
    }
}
