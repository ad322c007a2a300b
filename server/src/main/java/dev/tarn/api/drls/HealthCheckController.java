package dev.tarn.api.drls;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/health}: whether the server answers at all; it needs no key and says nothing of any tenant. */
@RestController
class HealthCheckController {
    @GetMapping("/api/health")
    Map<String, String> health() {
        return Map.of("status", "ok");
    }
}
