package dev.tarn.api.iceberg;

import dev.tarn.access.Caller;
import dev.tarn.catalog.IcebergViews;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.requests.CreateViewRequest;
import org.apache.iceberg.rest.requests.RegisterViewRequest;
import org.apache.iceberg.rest.requests.RenameTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Views. */
@RestController
class CatalogViewsController {
    private static final String ALL = "/iceberg/v1/{prefix}/namespaces/{namespace}/views";
    private static final String ONE = ALL + "/{view}";

    private final IcebergViews views;
    private final CatalogRequests requests;
    private final CatalogJson json;
    private final CatalogAnswers answers;

    CatalogViewsController(IcebergViews views, CatalogRequests requests, CatalogJson json, CatalogAnswers answers) {
        this.requests = requests;
        this.views = views;
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
        return answers.of(() -> CatalogTablesController.listed(
                CatalogPath.page(token, size, page -> views.list(caller, namespace, page))));
    }

    @PostMapping(ALL)
    ResponseEntity<byte[]> create(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        Namespace namespace = CatalogPath.of(request).namespace();
        CreateViewRequest wanted = json.read(body, CreateViewRequest.class);
        return requests.view(
                caller,
                request,
                body,
                CatalogPath.named(namespace, wanted.name()),
                facades -> facades.views().create(caller, namespace, wanted));
    }

    @GetMapping(ONE)
    ResponseEntity<byte[]> load(Caller caller, HttpServletRequest request) {
        return answers.of(() -> views.load(caller, CatalogPath.of(request).identifier()));
    }

    @RequestMapping(method = RequestMethod.HEAD, path = ONE)
    ResponseEntity<byte[]> exists(Caller caller, HttpServletRequest request) {
        return answers.nothing(
                () -> views.requireExists(caller, CatalogPath.of(request).identifier()));
    }

    @PostMapping(ONE)
    ResponseEntity<byte[]> replace(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        TableIdentifier identifier = CatalogPath.of(request).identifier();
        UpdateTableRequest wanted = json.read(body, UpdateTableRequest.class);
        return requests.view(
                caller, request, body, identifier, facades -> facades.views().replace(caller, identifier, wanted));
    }

    @DeleteMapping(ONE)
    ResponseEntity<byte[]> drop(Caller caller, HttpServletRequest request) {
        TableIdentifier identifier = CatalogPath.of(request).identifier();
        return requests.nothing(
                caller,
                request,
                CatalogTablesController.NOTHING,
                facades -> facades.views().drop(caller, identifier));
    }

    @PostMapping("/iceberg/v1/{prefix}/namespaces/{namespace}/register-view")
    ResponseEntity<byte[]> register(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        Namespace namespace = CatalogPath.of(request).namespace();
        RegisterViewRequest wanted = json.read(body, RegisterViewRequest.class);
        return requests.view(
                caller,
                request,
                body,
                CatalogPath.named(namespace, wanted.name()),
                facades -> facades.views().register(caller, namespace, wanted));
    }

    @PostMapping("/iceberg/v1/{prefix}/views/rename")
    ResponseEntity<byte[]> rename(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        CatalogPath.of(request);
        RenameTableRequest names = json.read(body, RenameTableRequest.class);
        return requests.nothing(caller, request, body, facades -> {
            names.validate();
            facades.views().rename(caller, names.source(), names.destination());
        });
    }
}
