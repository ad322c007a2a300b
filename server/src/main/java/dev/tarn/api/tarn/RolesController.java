package dev.tarn.api.tarn;

import dev.tarn.access.BuiltInRole;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Role;
import dev.tarn.access.Roles;
import dev.tarn.access.Verb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The roles of a tenant. */
@RestController
@RequestMapping("/tarn/v1/roles")
class RolesController {
    private final Roles roles;

    RolesController(Roles roles) {
        this.roles = roles;
    }

    /** A role as it is wanted. */
    record Wanted(@Nullable String name) {}

    /**
     * A role.
     *
     * @param verbs of a built-in role: what it may, by kind of thing; what a made one may are its grants
     */
    record Shown(String name, boolean builtIn, String description, long members, Map<String, List<String>> verbs) {
        static Shown of(Role role) {
            Map<String, List<String>> verbs = new LinkedHashMap<>();
            BuiltInRole.named(role.name()).ifPresent(known -> {
                for (Resource.Kind kind : Resource.Kind.values()) {
                    Set<Verb> allowed = known.verbs(kind);
                    if (!allowed.isEmpty()) {
                        verbs.put(kind.text(), allowed.stream().map(Verb::text).toList());
                    }
                }
            });
            return new Shown(role.name(), role.builtIn(), role.description(), role.members(), verbs);
        }
    }

    /** All roles. */
    record Listed(List<Shown> roles) {}

    @GetMapping
    Listed list(Caller caller) {
        return new Listed(roles.list(caller).stream().map(Shown::of).toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Shown create(Caller caller, @RequestBody Wanted wanted) {
        return Shown.of(roles.create(caller, wanted.name() == null ? "" : wanted.name()));
    }

    @DeleteMapping("/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String role) {
        roles.delete(caller, role);
    }
}
