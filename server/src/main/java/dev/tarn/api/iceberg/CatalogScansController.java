package dev.tarn.api.iceberg;

import dev.tarn.access.Caller;
import dev.tarn.catalog.ScanPlans;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.iceberg.rest.requests.FetchScanTasksRequest;
import org.apache.iceberg.rest.requests.PlanTableScanRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Scans that the server plans. */
@RestController
class CatalogScansController {
    private static final String TABLE = "/iceberg/v1/{prefix}/namespaces/{namespace}/tables/{table}";
    private static final String PLAN = TABLE + "/plan/{plan}";

    private final ScanPlans plans;
    private final CatalogJson json;
    private final CatalogAnswers answers;

    CatalogScansController(ScanPlans plans, CatalogJson json, CatalogAnswers answers) {
        this.plans = plans;
        this.json = json;
        this.answers = answers;
    }

    @PostMapping(TABLE + "/plan")
    ResponseEntity<byte[]> plan(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        return answers.of(() ->
                plans.plan(caller, CatalogPath.of(request).identifier(), json.read(body, PlanTableScanRequest.class)));
    }

    @GetMapping(PLAN)
    ResponseEntity<byte[]> result(Caller caller, HttpServletRequest request) {
        CatalogPath path = CatalogPath.of(request);
        return answers.of(() -> plans.result(caller, path.identifier(), path.part()));
    }

    @DeleteMapping(PLAN)
    ResponseEntity<byte[]> cancel(Caller caller, HttpServletRequest request) {
        CatalogPath path = CatalogPath.of(request);
        return answers.nothing(() -> plans.cancel(caller, path.identifier(), path.part()));
    }

    @PostMapping(TABLE + "/tasks")
    ResponseEntity<byte[]> tasks(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        return answers.of(() -> plans.tasks(
                caller, CatalogPath.of(request).identifier(), json.read(body, FetchScanTasksRequest.class)));
    }
}
