package dev.tarn.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerMapping;

/** One log line and one measurement a request. The query string is never logged: some contracts carry secrets in it. */
final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tarn.access-log");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry meters;

    RequestLog(MeterRegistry meters) {
        this.meters = meters;
    }

    void ended(HttpServletRequest request, PathOwner owner, int status, Duration duration) {
        Timer.builder("http.server.requests")
                .description("Requests by route, method and status")
                .serviceLevelObjectives(BUCKETS)
                .tag("contract", owner.contract().text())
                .tag("method", method(request))
                .tag("route", route(request, owner))
                .tag("status", Integer.toString(status))
                .register(meters)
                .record(duration);
        if (owner.area() == PathOwner.Area.OPERATIONS) {
            return; // probes and scrapers ask every few seconds
        }
        LOG.atInfo()
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", request.getRequestURI())
                .addKeyValue("status", status)
                .addKeyValue("duration_ms", duration.toMillis())
                .log("{} {} {} {} ms", request.getMethod(), request.getRequestURI(), status, duration.toMillis());
    }

    /** The template, never the path itself: an attacker must not be able to make new time series. */
    private static String route(HttpServletRequest request, PathOwner owner) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (pattern != null) {
            return pattern.toString();
        }
        return owner.area() == PathOwner.Area.CONSOLE ? "console" : "none";
    }

    private static String method(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> request.getMethod();
            default -> "other";
        };
    }
}
