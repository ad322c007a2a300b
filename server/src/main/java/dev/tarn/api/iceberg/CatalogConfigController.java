package dev.tarn.api.iceberg;

import dev.tarn.access.Caller;
import dev.tarn.api.IdempotentRequests;
import dev.tarn.storage.Warehouse;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.rest.Endpoint;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a client asks first: which paths there are, and where the files of tables are. */
@RestController
class CatalogConfigController {
    private static final List<Endpoint> ENDPOINTS = List.of(
            Endpoint.V1_LIST_NAMESPACES,
            Endpoint.V1_CREATE_NAMESPACE,
            Endpoint.V1_LOAD_NAMESPACE,
            Endpoint.V1_NAMESPACE_EXISTS,
            Endpoint.V1_UPDATE_NAMESPACE,
            Endpoint.V1_DELETE_NAMESPACE,
            Endpoint.V1_LIST_TABLES,
            Endpoint.V1_CREATE_TABLE,
            Endpoint.V1_LOAD_TABLE,
            Endpoint.V1_TABLE_EXISTS,
            Endpoint.V1_UPDATE_TABLE,
            Endpoint.V1_DELETE_TABLE,
            Endpoint.V1_RENAME_TABLE,
            Endpoint.V1_REGISTER_TABLE,
            Endpoint.V1_TABLE_CREDENTIALS,
            Endpoint.V1_COMMIT_TRANSACTION,
            Endpoint.V1_SUBMIT_TABLE_SCAN_PLAN,
            Endpoint.V1_FETCH_TABLE_SCAN_PLAN,
            Endpoint.V1_CANCEL_TABLE_SCAN_PLAN,
            Endpoint.V1_FETCH_TABLE_SCAN_PLAN_TASKS,
            Endpoint.V1_LIST_VIEWS,
            Endpoint.V1_CREATE_VIEW,
            Endpoint.V1_LOAD_VIEW,
            Endpoint.V1_VIEW_EXISTS,
            Endpoint.V1_UPDATE_VIEW,
            Endpoint.V1_DELETE_VIEW,
            Endpoint.V1_RENAME_VIEW,
            Endpoint.V1_REGISTER_VIEW);

    private final CatalogAnswers answers;
    private final Warehouse warehouse;
    private final IdempotentRequests idempotent;

    CatalogConfigController(CatalogAnswers answers, Warehouse warehouse, IdempotentRequests idempotent) {
        this.idempotent = idempotent;
        this.answers = answers;
        this.warehouse = warehouse;
    }

    /** Whatever warehouse a client has been told, it gets ours under its one name. */
    @GetMapping("/iceberg/v1/config")
    ResponseEntity<byte[]> config(
            Caller caller, @RequestParam(name = "warehouse", required = false) @Nullable String asked) {
        return answers.of(() -> {
            if (asked != null && !asked.isEmpty() && !asked.equals(CatalogPath.WAREHOUSE)) {
                throw CatalogAnswers.failure(
                        404,
                        "NoSuchWarehouseException",
                        Optional.of("There is no such warehouse; the only one is " + CatalogPath.WAREHOUSE));
            }
            return ConfigResponse.builder()
                    .withOverride("prefix", CatalogPath.WAREHOUSE)
                    .withOverride("namespace-separator", "%1F")
                    .withDefault("tarn.storage-access", "folder")
                    .withDefault("tarn.storage-folder", warehouse.tenantLocation(caller.tenantId()))
                    .withDefault(
                            "tarn.storage-note",
                            "The server hands out no credentials: the client reads and writes the files itself, and "
                                    + "must see the folder tarn.storage-folder under this path")
                    .withIdempotencyKeyLifetime(idempotent.lifetime().toString())
                    .withEndpoints(ENDPOINTS)
                    .build();
        });
    }
}
