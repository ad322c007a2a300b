package dev.tarn.api.iceberg;

import dev.tarn.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.rest.requests.CommitTransactionRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.RenameTableRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Names of tables, and commits to several. */
@RestController
class CatalogChangesController {
    private static final String PREFIX = "/iceberg/v1/{prefix}";

    private final CatalogRequests requests;
    private final CatalogJson json;

    CatalogChangesController(CatalogRequests requests, CatalogJson json) {
        this.requests = requests;
        this.json = json;
    }

    @PostMapping(PREFIX + "/tables/rename")
    ResponseEntity<byte[]> rename(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        CatalogPath.of(request);
        RenameTableRequest names = json.read(body, RenameTableRequest.class);
        return requests.nothing(caller, request, body, facades -> {
            names.validate();
            facades.tables().rename(caller, names.source(), names.destination());
        });
    }

    @PostMapping(PREFIX + "/namespaces/{namespace}/register")
    ResponseEntity<byte[]> register(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        Namespace namespace = CatalogPath.of(request).namespace();
        RegisterTableRequest wanted = json.read(body, RegisterTableRequest.class);
        return requests.table(
                caller,
                request,
                body,
                CatalogPath.named(namespace, wanted.name()),
                facades -> facades.tables().register(caller, namespace, wanted));
    }

    /** All of them in one transaction of the database, or none. */
    @PostMapping(PREFIX + "/transactions/commit")
    ResponseEntity<byte[]> commit(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        CatalogPath.of(request);
        CommitTransactionRequest changes = json.read(body, CommitTransactionRequest.class);
        return requests.nothing(caller, request, body, facades -> {
            changes.validate();
            facades.tables().commit(caller, changes.tableChanges());
        });
    }
}
