package dev.tarn.api.iceberg;

import dev.tarn.access.Caller;
import dev.tarn.catalog.IcebergTables;
import dev.tarn.platform.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ImmutableLoadCredentialsResponse;
import org.apache.iceberg.rest.responses.ListTablesResponse;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tables: what they are, and commits to one of them. */
@RestController
class CatalogTablesController {
    private static final String ALL = "/iceberg/v1/{prefix}/namespaces/{namespace}/tables";
    private static final String ONE = ALL + "/{table}";

    /** The body of a request without one. */
    static final byte[] NOTHING = {};

    private final IcebergTables tables;
    private final CatalogRequests requests;
    private final CatalogJson json;
    private final CatalogAnswers answers;

    CatalogTablesController(IcebergTables tables, CatalogRequests requests, CatalogJson json, CatalogAnswers answers) {
        this.tables = tables;
        this.requests = requests;
        this.json = json;
        this.answers = answers;
    }

    @GetMapping(ALL)
    ResponseEntity<byte[]> list(
            Caller caller,
            HttpServletRequest request,
            @RequestParam(name = "pageToken", required = false) @Nullable String token,
            @RequestParam(name = "pageSize", required = false) @Nullable Integer size) {
        Namespace namespace = CatalogPath.of(request).namespace();
        return answers.of(() -> listed(CatalogPath.page(token, size, page -> tables.list(caller, namespace, page))));
    }

    static ListTablesResponse listed(Page<TableIdentifier> page) {
        return ListTablesResponse.builder()
                .addAll(new ArrayList<>(page.items()))
                .nextPageToken(page.next().orElse(null))
                .build();
    }

    @PostMapping(ALL)
    ResponseEntity<byte[]> create(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        CreateTableRequest wanted = json.read(body, CreateTableRequest.class);
        Namespace namespace = CatalogPath.of(request).namespace();
        return requests.table(
                caller,
                request,
                body,
                CatalogPath.named(namespace, wanted.name()),
                facades -> facades.tables().create(caller, namespace, wanted));
    }

    static LoadTableResponse loaded(TableMetadata metadata) {
        return LoadTableResponse.builder().withTableMetadata(metadata).build();
    }

    /** Whoever has the version that is current is told so, and of the table only its row has been read. */
    @GetMapping(ONE)
    ResponseEntity<byte[]> load(
            Caller caller,
            HttpServletRequest request,
            @RequestParam(name = "snapshots", required = false) @Nullable String snapshots,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String known) {
        IcebergTables.Loaded table = answers.told(
                () -> tables.load(caller, CatalogPath.of(request).identifier(), branchesOnly(snapshots), tags(known)));
        return table.metadata()
                .map(metadata -> answers.tagged(table.tag(), loaded(metadata)))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                        .eTag('"' + table.tag() + '"')
                        .build());
    }

    private static boolean branchesOnly(@Nullable String snapshots) {
        if (snapshots == null || snapshots.equalsIgnoreCase("all")) {
            return false;
        }
        if (snapshots.equalsIgnoreCase("refs")) {
            return true;
        }
        throw new IllegalArgumentException("The parameter snapshots is all or refs");
    }

    private static Set<String> tags(@Nullable String header) {
        return header == null
                ? Set.of()
                : Arrays.stream(header.split(","))
                        .map(tag -> tag.strip().replaceFirst("^W/", "").replace("\"", ""))
                        .collect(Collectors.toSet());
    }

    @RequestMapping(method = RequestMethod.HEAD, path = ONE)
    ResponseEntity<byte[]> exists(Caller caller, HttpServletRequest request) {
        return answers.nothing(
                () -> tables.requireExists(caller, CatalogPath.of(request).identifier()));
    }

    @PostMapping(ONE)
    ResponseEntity<byte[]> commit(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        TableIdentifier identifier = CatalogPath.of(request).identifier();
        UpdateTableRequest wanted = json.read(body, UpdateTableRequest.class);
        return requests.table(
                caller, request, body, identifier, facades -> facades.tables().commit(caller, identifier, wanted));
    }

    @DeleteMapping(ONE)
    ResponseEntity<byte[]> drop(
            Caller caller,
            HttpServletRequest request,
            @RequestParam(name = "purgeRequested", defaultValue = "false") boolean purge) {
        TableIdentifier identifier = CatalogPath.of(request).identifier();
        return requests.nothing(
                caller, request, NOTHING, facades -> facades.tables().drop(caller, identifier, purge));
    }

    /** There are none to hand out: whoever may read the table whole sees the folder by itself, or not. */
    @GetMapping(ONE + "/credentials")
    ResponseEntity<byte[]> credentials(Caller caller, HttpServletRequest request) {
        return answers.of(() -> {
            tables.requireReadable(caller, CatalogPath.of(request).identifier());
            return ImmutableLoadCredentialsResponse.builder().build();
        });
    }
}
