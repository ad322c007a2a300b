package dev.tarn.api;

import dev.tarn.access.Caller;
import dev.tarn.usage.Meter;
import dev.tarn.usage.Rates;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/** What every call with a key or token meets, in whatever contract: its rate plan, told in headers; and the meter. */
final class CallLimits {
    private final Rates rates;
    private final Meter meter;

    CallLimits(Rates rates, Meter meter) {
        this.rates = rates;
        this.meter = meter;
    }

    /** Counts the call of a key or token, tells what is left, and refuses one too many; sessions of people are not counted. */
    void admit(Caller caller, HttpServletResponse response) {
        rates.admit(caller).ifPresent(answer -> {
            response.setHeader("X-RateLimit-Limit", Long.toString(answer.limit()));
            response.setHeader("X-RateLimit-Remaining", Long.toString(answer.remaining()));
            response.setHeader("X-RateLimit-Reset", Long.toString(answer.resetSeconds()));
            if (!answer.admitted()) {
                throw answer.refusal();
            }
        });
    }

    /** Meters a call that was let in, however it ended. */
    void ended(Caller caller, Contract contract, Duration duration) {
        if (!(caller instanceof Caller.Anonymous)) {
            meter.call(caller, contract.text(), duration.toMillis());
        }
    }
}
