package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.access.NewUser;
import dev.tarn.access.User;
import dev.tarn.access.Users;
import dev.tarn.api.PageQuery;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The users of a tenant; one is named by id or by name. */
@RestController
@RequestMapping("/tarn/v1/users")
class UsersController {
    private final Users users;

    UsersController(Users users) {
        this.users = users;
    }

    /** A user as it is wanted. */
    record Wanted(
            @Nullable String name,
            @Nullable String password,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable List<String> roles,
            @Nullable UUID tenant) {
        NewUser user() {
            return new NewUser(
                    name == null ? "" : name,
                    new User.Profile(
                            Optional.ofNullable(email), Optional.ofNullable(firstName), Optional.ofNullable(lastName)),
                    Optional.ofNullable(password),
                    roles == null ? List.of() : roles,
                    Optional.ofNullable(tenant),
                    Optional.empty());
        }

        @Override
        public String toString() {
            return "Wanted[" + name + "]";
        }
    }

    /** What is to be changed; what is absent stays, and an empty text removes. */
    record Change(
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable Boolean active) {}

    /** A user's roles. */
    record WantedRoles(@Nullable List<String> roles) {}

    /** Roles to give and to take away; both may be left out, not together. */
    record ChangedRoles(
            @Nullable List<String> add, @Nullable List<String> remove) {}

    /** A user's password. */
    record WantedPassword(@Nullable String password) {
        @Override
        public String toString() {
            return "WantedPassword";
        }
    }

    /** A user. */
    record Shown(
            UUID id,
            long number,
            String name,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            List<String> roles,
            boolean active,
            boolean operator,
            @Nullable String issuer,
            Instant createdAt) {
        static Shown of(User user) {
            return new Shown(
                    user.id(),
                    user.number(),
                    user.name(),
                    user.profile().email().orElse(null),
                    user.profile().firstName().orElse(null),
                    user.profile().lastName().orElse(null),
                    user.roles(),
                    user.active(),
                    user.operator(),
                    user.issuer().orElse(null),
                    user.createdAt());
        }
    }

    /** A page of users. */
    record Listed(List<Shown> users, @Nullable String nextCursor) {}

    @GetMapping
    Listed list(
            Caller caller,
            @RequestParam Optional<String> q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<Shown> page = users.list(caller, q, PageQuery.of(limit, cursor)).map(Shown::of);
        return new Listed(page.items(), PageQuery.opaque(page.next()).orElse(null));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Shown create(Caller caller, @RequestBody Wanted wanted) {
        return Shown.of(users.create(caller, wanted.user()));
    }

    @GetMapping("/{user}")
    Shown find(Caller caller, @PathVariable String user) {
        return Shown.of(users.find(caller, user));
    }

    @PatchMapping("/{user}")
    Shown change(Caller caller, @PathVariable String user, @RequestBody Change change) {
        User found = users.find(caller, user);
        if (change.email() != null || change.firstName() != null || change.lastName() != null) {
            User.Profile before = found.profile();
            found = users.changeProfile(
                    caller,
                    found.id(),
                    new User.Profile(
                            changed(change.email(), before.email()),
                            changed(change.firstName(), before.firstName()),
                            changed(change.lastName(), before.lastName())));
        }
        return Shown.of(change.active() == null ? found : users.setActive(caller, found.id(), change.active()));
    }

    private static Optional<String> changed(@Nullable String wanted, Optional<String> before) {
        return wanted == null ? before : Optional.of(wanted).filter(text -> !text.isBlank());
    }

    @PutMapping("/{user}/roles")
    Shown setRoles(Caller caller, @PathVariable String user, @RequestBody WantedRoles wanted) {
        List<String> roles = wanted.roles();
        if (roles == null) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "The field roles is missing: a list of names of roles");
        }
        return Shown.of(users.setRoles(caller, users.find(caller, user).id(), roles));
    }

    @PatchMapping("/{user}/roles")
    Shown changeRoles(Caller caller, @PathVariable String user, @RequestBody ChangedRoles change) {
        List<String> added = change.add() == null ? List.of() : change.add();
        List<String> removed = change.remove() == null ? List.of() : change.remove();
        if (added.isEmpty() && removed.isEmpty()) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "Name a role in the field add or remove");
        }
        return Shown.of(users.changeRoles(caller, users.find(caller, user).id(), added, removed));
    }

    @PutMapping("/{user}/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setPassword(Caller caller, @PathVariable String user, @RequestBody WantedPassword wanted) {
        String password = wanted.password();
        users.setPassword(caller, users.find(caller, user).id(), password == null ? "" : password);
    }
}
