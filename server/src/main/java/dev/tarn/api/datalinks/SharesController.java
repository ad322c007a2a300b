package dev.tarn.api.datalinks;

import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Share;
import dev.tarn.access.ShareRole;
import dev.tarn.access.Shares;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** With whom datasets and namespaces are shared; a namespace's share covers its datasets, those to come too. */
@RestController
class SharesController {
    private static final String DATASET = "/api/v1/permissions/datasets/{username}/{namespace}/{dataset}/shares";
    private static final String NAMESPACE = "/api/v1/permissions/namespaces/{username}/{namespace}/shares";

    private final Shares shares;
    private final DatasetNames names;
    private final JsonMapper json;

    SharesController(Shares shares, DatasetNames names, JsonMapper json) {
        this.shares = shares;
        this.names = names;
        this.json = json;
    }

    /** A share. */
    record Shown(String username, String role) {
        static Shown of(Share share) {
            return new Shown(share.username(), share.role().text());
        }
    }

    @GetMapping(DATASET)
    List<Shown> ofDataset(
            Caller caller,
            @PathVariable String username,
            @PathVariable String namespace,
            @PathVariable String dataset) {
        return list(caller, names.dataset(caller, username, namespace, dataset));
    }

    @PostMapping(DATASET)
    List<Shown> shareDataset(
            Caller caller,
            @PathVariable String username,
            @PathVariable String namespace,
            @PathVariable String dataset,
            HttpServletRequest request)
            throws IOException {
        return share(caller, names.dataset(caller, username, namespace, dataset), request);
    }

    @DeleteMapping(DATASET)
    void withdrawDataset(
            Caller caller,
            @PathVariable String username,
            @PathVariable String namespace,
            @PathVariable String dataset,
            @RequestParam(name = "username", required = false) @Nullable String from,
            HttpServletRequest request)
            throws IOException {
        withdraw(caller, names.dataset(caller, username, namespace, dataset), from, request);
    }

    @GetMapping(NAMESPACE)
    List<Shown> ofNamespace(Caller caller, @PathVariable String username, @PathVariable String namespace) {
        return list(caller, names.namespace(caller, username, namespace));
    }

    @PostMapping(NAMESPACE)
    List<Shown> shareNamespace(
            Caller caller, @PathVariable String username, @PathVariable String namespace, HttpServletRequest request)
            throws IOException {
        return share(caller, names.namespace(caller, username, namespace), request);
    }

    @DeleteMapping(NAMESPACE)
    void withdrawNamespace(
            Caller caller,
            @PathVariable String username,
            @PathVariable String namespace,
            @RequestParam(name = "username", required = false) @Nullable String from,
            HttpServletRequest request)
            throws IOException {
        withdraw(caller, names.namespace(caller, username, namespace), from, request);
    }

    private List<Shown> list(Caller caller, Resource thing) {
        return shares.list(caller, thing).stream().map(Shown::of).toList();
    }

    private List<Shown> share(Caller caller, Resource thing, HttpServletRequest request) throws IOException {
        Fields fields = Fields.required(request, json);
        String role = fields.requiredText("role");
        ShareRole known = ShareRole.named(role)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "There is no role %s to share in; choose viewer or editor".formatted(role)));
        shares.share(caller, thing, fields.requiredText("username"), known);
        return list(caller, thing);
    }

    /** The user stands in the query or in the body. */
    private void withdraw(Caller caller, Resource thing, @Nullable String from, HttpServletRequest request)
            throws IOException {
        Optional<String> inBody = Fields.read(request, json).flatMap(fields -> fields.text("username"));
        String username = Optional.ofNullable(from)
                .filter(name -> !name.isBlank())
                .or(() -> inBody)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "Say whose share to withdraw: ?username=NAME, or {\"username\": NAME} as the body"));
        shares.withdraw(caller, thing, username);
    }
}
