package dev.tarn.api.iceberg;

import dev.tarn.access.Caller;
import dev.tarn.catalog.IcebergTables;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.iceberg.TableMetadata;
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

    private final IcebergTables tables;
    private final CatalogJson json;
    private final CatalogAnswers answers;

    CatalogChangesController(IcebergTables tables, CatalogJson json, CatalogAnswers answers) {
        this.tables = tables;
        this.json = json;
        this.answers = answers;
    }

    @PostMapping(PREFIX + "/tables/rename")
    ResponseEntity<byte[]> rename(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        CatalogPath.of(request);
        RenameTableRequest names = json.read(body, RenameTableRequest.class);
        return answers.nothing(() -> {
            names.validate();
            tables.rename(caller, names.source(), names.destination());
        });
    }

    @PostMapping(PREFIX + "/namespaces/{namespace}/register")
    ResponseEntity<byte[]> register(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        TableMetadata metadata = answers.told(() -> tables.register(
                caller, CatalogPath.of(request).namespace(), json.read(body, RegisterTableRequest.class)));
        return answers.tagged(IcebergTables.tag(metadata), CatalogTablesController.loaded(metadata));
    }

    /** All of them in one transaction of the database, or none. */
    @PostMapping(PREFIX + "/transactions/commit")
    ResponseEntity<byte[]> commit(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        CatalogPath.of(request);
        CommitTransactionRequest changes = json.read(body, CommitTransactionRequest.class);
        return answers.nothing(() -> {
            changes.validate();
            tables.commit(caller, changes.tableChanges());
        });
    }
}
