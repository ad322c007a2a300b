package dev.tarn.api.dataml;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tarn.access.Caller;
import dev.tarn.access.Roles;
import dev.tarn.access.Verb;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Names of roles and permissions. What a role may is granted by calls of our own API. */
@RestController
class RbacController {
    private final Roles roles;
    private final RequestFields requests;

    RbacController(Roles roles, RequestFields requests) {
        this.roles = roles;
        this.requests = requests;
    }

    /**
     * A role or a permission.
     *
     * @param inert true for a permission that is no verb of ours: it can be named, and allows nothing
     */
    record Named(
            long id,
            String name,
            UUID tenantId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean inert) {}

    @PostMapping({"/api/v1/rbac/roles/", "/api/v1/rbac/roles"})
    Named createRole(Caller caller, HttpServletRequest request) {
        return named(caller, request, name -> roles.create(caller, name).number());
    }

    @PostMapping({"/api/v1/rbac/permissions/", "/api/v1/rbac/permissions"})
    Named createPermission(Caller caller, HttpServletRequest request) {
        Named made = named(caller, request, name -> roles.namePermission(caller, name));
        return Verb.named(made.name()).isPresent() ? made : new Named(made.id(), made.name(), made.tenantId(), true);
    }

    private Named named(Caller caller, HttpServletRequest request, ToLongFunction<String> make) {
        Fields body = requests.ofJson(request);
        String name = body.text("name");
        UUID tenantId = body.id("tenant_id");
        body.check();
        if (!tenantId.equals(caller.tenantId())) {
            throw Refusals.unknownTenant();
        }
        return new Named(make.applyAsLong(name), name.strip(), tenantId, null);
    }
}
