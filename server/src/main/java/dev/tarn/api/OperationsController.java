package dev.tarn.api;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.platform.Readiness;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What probes and scrapers ask. Probes need no key, and none of it says anything of a tenant. */
@RestController
class OperationsController {
    private static final MediaType PROMETHEUS = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

    private final Readiness readiness;
    private final PrometheusMeterRegistry meters;
    private final Access access;

    OperationsController(Readiness readiness, PrometheusMeterRegistry meters, Access access) {
        this.access = access;
        this.readiness = readiness;
        this.meters = meters;
        List.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new ProcessorMetrics(), new UptimeMetrics())
                .forEach(binder -> binder.bindTo(meters));
    }

    @GetMapping("/livez")
    Map<String, String> live() {
        return Map.of("status", "ok");
    }

    @GetMapping("/readyz")
    ResponseEntity<Map<String, String>> ready() {
        return switch (readiness.state()) {
            case READY -> ResponseEntity.ok(Map.of("status", "ok"));
            case STARTING -> unavailable("starting");
            case STOPPING -> unavailable("stopping");
        };
    }

    private static ResponseEntity<Map<String, String>> unavailable(String status) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(Map.of("status", status));
    }

    @GetMapping("/metrics")
    ResponseEntity<String> metrics(Caller caller) {
        access.require(caller, Verb.DESCRIBE, Resource.all(Resource.Kind.SETTING));
        return ResponseEntity.ok().contentType(PROMETHEUS).body(meters.scrape());
    }
}
