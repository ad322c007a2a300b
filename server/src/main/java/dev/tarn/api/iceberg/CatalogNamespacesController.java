package dev.tarn.api.iceberg;

import dev.tarn.access.Caller;
import dev.tarn.catalog.IcebergNamespaces;
import dev.tarn.platform.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.UpdateNamespacePropertiesRequest;
import org.apache.iceberg.rest.responses.GetNamespaceResponse;
import org.apache.iceberg.rest.responses.ListNamespacesResponse;
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

/** Namespaces. */
@RestController
class CatalogNamespacesController {
    private static final String ALL = "/iceberg/v1/{prefix}/namespaces";
    private static final String ONE = ALL + "/{namespace}";

    private final IcebergNamespaces namespaces;
    private final CatalogRequests requests;
    private final CatalogJson json;
    private final CatalogAnswers answers;

    CatalogNamespacesController(
            IcebergNamespaces namespaces, CatalogRequests requests, CatalogJson json, CatalogAnswers answers) {
        this.requests = requests;
        this.namespaces = namespaces;
        this.json = json;
        this.answers = answers;
    }

    @GetMapping(ALL)
    ResponseEntity<byte[]> list(
            Caller caller,
            HttpServletRequest request,
            @RequestParam(name = "parent", required = false) @Nullable String parent,
            @RequestParam(name = "pageToken", required = false) @Nullable String token,
            @RequestParam(name = "pageSize", required = false) @Nullable Integer size) {
        CatalogPath.of(request);
        return answers.of(() -> {
            Namespace above = CatalogPath.namespace(parent == null ? "" : parent);
            Page<Namespace> page = CatalogPath.page(token, size, wanted -> namespaces.list(caller, above, wanted));
            return ListNamespacesResponse.builder()
                    .addAll(new ArrayList<>(page.items()))
                    .nextPageToken(page.next().orElse(null))
                    .build();
        });
    }

    @PostMapping(ALL)
    ResponseEntity<byte[]> create(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        CatalogPath.of(request);
        CreateNamespaceRequest wanted = json.read(body, CreateNamespaceRequest.class);
        return requests.told(
                caller, request, body, facades -> facades.namespaces().create(caller, wanted));
    }

    @GetMapping(ONE)
    ResponseEntity<byte[]> load(Caller caller, HttpServletRequest request) {
        Namespace namespace = CatalogPath.of(request).namespace();
        return answers.of(() -> GetNamespaceResponse.builder()
                .withNamespace(namespace)
                .setProperties(namespaces.properties(caller, namespace))
                .build());
    }

    @RequestMapping(method = RequestMethod.HEAD, path = ONE)
    ResponseEntity<byte[]> exists(Caller caller, HttpServletRequest request) {
        return answers.nothing(
                () -> namespaces.requireExists(caller, CatalogPath.of(request).namespace()));
    }

    @DeleteMapping(ONE)
    ResponseEntity<byte[]> drop(Caller caller, HttpServletRequest request) {
        Namespace namespace = CatalogPath.of(request).namespace();
        return requests.nothing(
                caller,
                request,
                CatalogTablesController.NOTHING,
                facades -> facades.namespaces().drop(caller, namespace));
    }

    @PostMapping(ONE + "/properties")
    ResponseEntity<byte[]> update(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        Namespace namespace = CatalogPath.of(request).namespace();
        UpdateNamespacePropertiesRequest wanted = json.read(body, UpdateNamespacePropertiesRequest.class);
        return requests.told(
                caller, request, body, facades -> facades.namespaces().update(caller, namespace, wanted));
    }
}
