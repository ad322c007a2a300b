package dev.tarn.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Clock clock = Clock.systemUTC();

    private Deadline in(long millis) {
        return Deadline.in(clock, Duration.ofMillis(millis));
    }

    private Thread waits(Admission admission, Object owner, ConcurrentLinkedQueue<Object> order, CountDownLatch end) {
        return Thread.startVirtualThread(() -> {
            try (Admission.Place _ = admission.enter(owner, in(20_000), new Cancellation())) {
                order.add(owner);
                end.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void theFirstOfAnotherOwnerDoesNotWaitForAFullHouse() {
        Admission admission = new Admission("statements", 2, 64, clock);
        admission.enter("ann", in(1000), new Cancellation());
        admission.enter("ann", in(1000), new Cancellation());
        assertThatThrownBy(() -> admission.enter("ann", in(50), new Cancellation()))
                .hasMessageContaining("did not end within 50 ms");
        Admission.Place place = admission.enter("bob", in(50), new Cancellation());
        assertThatThrownBy(() -> admission.enter("bob", in(50), new Cancellation()))
                .hasMessageContaining("did not end within");
        assertThatThrownBy(() -> admission.enter("cid", in(50), new Cancellation()))
                .hasMessageContaining("did not end within");
        place.close();
        admission.enter("cid", in(50), new Cancellation());
    }

    @Test
    void ownersTakeTurns() throws InterruptedException {
        Admission admission = new Admission("statements", 1, 64, clock);
        Admission.Place first = admission.enter("ann", in(1000), new Cancellation());
        Admission.Place other = admission.enter("dan", in(1000), new Cancellation());
        ConcurrentLinkedQueue<Object> order = new ConcurrentLinkedQueue<>();
        CountDownLatch none = new CountDownLatch(0);
        List<Thread> threads = new ArrayList<>();
        for (String owner : List.of("ann", "ann", "ann", "bob", "bob", "cid")) {
            threads.add(waits(admission, owner, order, none));
            Thread.sleep(60);
        }
        first.close();
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        }
        other.close();
        assertThat(order).containsExactly("ann", "bob", "cid", "ann", "bob", "ann");
    }

    @Test
    void aFullQueueOfOneOwnerIsItsOwn() throws InterruptedException {
        Admission admission = new Admission("statements", 1, 2, clock);
        ConcurrentLinkedQueue<Object> order = new ConcurrentLinkedQueue<>();
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            waits(admission, "ann", order, end);
        }
        Thread.sleep(200);
        assertThatThrownBy(() -> admission.enter("ann", in(1000), new Cancellation()))
                .hasMessageContaining("2 statements are waiting already");
        admission.enter("bob", in(1000), new Cancellation()).close();
        end.countDown();
    }

    @Test
    void whoLeavesTheQueueLeavesNothingBehind() {
        Admission admission = new Admission("statements", 1, 1, clock);
        Admission.Place place = admission.enter("ann", in(1000), new Cancellation());
        for (int i = 0; i < 5; i++) {
            Cancellation cancelled = new Cancellation();
            cancelled.request();
            assertThatThrownBy(() -> admission.enter("ann", in(1000), cancelled))
                    .hasMessageContaining("cancelled");
        }
        place.close();
        admission.enter("ann", in(10), new Cancellation()).close();
    }

    @Test
    void noPlaceIsLostOrFilledTwice() throws InterruptedException {
        Admission admission = new Admission("statements", 3, 100, clock);
        long seed = System.nanoTime();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Random random = new Random(seed + i);
            threads.add(Thread.startVirtualThread(() -> {
                try (Admission.Place _ =
                        admission.enter(random.nextInt(4), in(random.nextInt(300)), new Cancellation())) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.sleep(random.nextInt(10));
                    inside.decrementAndGet();
                } catch (TarnException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(most.get()).as("seed %d", seed).isBetween(1, 4);
        for (int i = 0; i < 3; i++) {
            admission.enter("ann", in(10), new Cancellation());
        }
        admission.enter("bob", in(10), new Cancellation());
    }
}
