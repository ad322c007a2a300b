package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.access.NewTenant;
import dev.tarn.access.Tenants;
import dev.tarn.access.Workspaces;
import dev.tarn.api.Answer;
import dev.tarn.api.IdempotentRequests;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Tenants, for the operator; and the workspaces of one's own. */
@RestController
class TenantsController {
    private final Tenants tenants;
    private final Workspaces workspaces;
    private final IdempotentRequests idempotent;
    private final JsonMapper json;

    TenantsController(Tenants tenants, Workspaces workspaces, IdempotentRequests idempotent, JsonMapper json) {
        this.tenants = tenants;
        this.workspaces = workspaces;
        this.idempotent = idempotent;
        this.json = json;
    }

    /** A tenant as it is wanted, with the name of its first administrator. */
    record Wanted(@Nullable String name, @Nullable String administrator) {}

    /** What the operator hands over; password and key are shown this once. */
    record Made(Named tenant, String username, String password, String key) {
        static Made of(NewTenant made) {
            return new Made(
                    new Named(made.tenant().id(), made.tenant().name()),
                    made.username(),
                    made.password(),
                    made.key().secret());
        }

        @Override
        public String toString() {
            return "Made[" + tenant + "]";
        }
    }

    /** All tenants. */
    record Listed(List<Named> tenants) {}

    /** A workspace as it is wanted. */
    record WantedWorkspace(@Nullable String name) {}

    /** The tenant's workspaces. */
    record ListedWorkspaces(List<Named> workspaces) {}

    @GetMapping("/tarn/v1/tenants")
    Listed list(Caller caller) {
        return new Listed(tenants.list(caller).stream()
                .map(tenant -> new Named(tenant.id(), tenant.name()))
                .toList());
    }

    @PostMapping("/tarn/v1/tenants")
    ResponseEntity<String> create(
            Caller caller,
            @RequestBody Wanted wanted,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        String hash = IdempotentRequests.hash("POST /tarn/v1/tenants", json.writeValueAsString(wanted));
        Answer answer = idempotent.once(
                caller,
                idempotencyKey,
                hash,
                () -> Answer.withSecret(
                        201,
                        json.writeValueAsString(
                                Made.of(tenants.create(caller, text(wanted.name()), text(wanted.administrator()))))));
        return ResponseEntity.status(answer.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body().orElse(""));
    }

    @GetMapping("/tarn/v1/workspaces")
    ListedWorkspaces workspaces(Caller caller) {
        return new ListedWorkspaces(workspaces.list(caller).stream()
                .map(workspace -> new Named(workspace.id(), workspace.name()))
                .toList());
    }

    @PostMapping("/tarn/v1/workspaces")
    @ResponseStatus(HttpStatus.CREATED)
    Named createWorkspace(Caller caller, @RequestBody WantedWorkspace wanted) {
        var made = workspaces.create(caller, text(wanted.name()));
        return new Named(made.id(), made.name());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
