package dev.tarn.api.dataml;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server is there; open to all. */
@RestController
class UtilsController {
    @GetMapping({"/api/v1/utils/health-check/", "/api/v1/utils/health-check"})
    boolean healthCheck() {
        return true;
    }
}
