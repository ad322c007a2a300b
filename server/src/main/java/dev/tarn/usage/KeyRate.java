package dev.tarn.usage;

import dev.tarn.access.RatePlan;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The calls of one key, or of one user's tokens, on this server: permits in hand, and the way to more of them. */
final class KeyRate {
    private final UUID tenantId;
    private final UUID keyId;
    private final String planOfKey;
    private final RatePlan plan;
    private final RateLedger ledger;
    private final List<RateWindow> windows;

    /** @param plan what the key's plan means on this server */
    KeyRate(UUID tenantId, UUID keyId, String planOfKey, RatePlan plan, RateLedger ledger) {
        this.tenantId = tenantId;
        this.keyId = keyId;
        this.planOfKey = planOfKey;
        this.plan = plan;
        this.ledger = ledger;
        this.windows = Stream.concat(
                        Stream.of(new RateWindow(RateSpan.MINUTE, plan.minute())),
                        plan.day().stream().mapToObj(limit -> new RateWindow(RateSpan.DAY, limit)))
                .toList();
    }

    /** False once the key is on another plan. */
    boolean isOn(String planName) {
        return planOfKey.equals(planName);
    }

    synchronized RateAnswer admit(Instant now) {
        windows.forEach(window -> window.roll(now));
        if (windows.stream().noneMatch(RateWindow::exhausted)) {
            fill(windows.stream().filter(RateWindow::isEmpty).toList(), now);
        }
        Optional<RateWindow> exhausted =
                windows.stream().filter(RateWindow::exhausted).max(Comparator.comparingLong(RateWindow::endsAt));
        if (exhausted.isPresent()) {
            return exhausted.get().answer(false, plan.name(), now);
        }
        windows.forEach(RateWindow::use);
        return windows.stream()
                .min(Comparator.comparingLong(RateWindow::remaining))
                .orElseThrow()
                .answer(true, plan.name(), now);
    }

    private void fill(List<RateWindow> empty, Instant now) {
        if (empty.isEmpty()) {
            return;
        }
        Optional<List<RateStore.Grant>> grants = ledger.take(
                empty.stream().map(window -> window.wish(tenantId, keyId, now)).toList());
        if (grants.isPresent()) {
            IntStream.range(0, empty.size())
                    .forEach(i -> empty.get(i).granted(grants.get().get(i)));
        } else {
            empty.forEach(RateWindow::grantItself);
        }
    }

    /** Whether it has stood unused for so long that nothing is lost with it. */
    synchronized boolean isOlderThan(Instant instant) {
        return windows.getFirst().isOlderThan(instant);
    }
}
