package dev.tarn.api.tarn;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Decision;
import dev.tarn.access.Grant;
import dev.tarn.access.Grants;
import dev.tarn.access.NewGrant;
import dev.tarn.access.Users;
import dev.tarn.access.Verb;
import dev.tarn.api.PageQuery;
import dev.tarn.api.PathId;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What was given to whom, and why somebody may or may not. */
@RestController
class GrantsController {
    private final Grants grants;
    private final Access access;
    private final Users users;

    GrantsController(Grants grants, Access access, Users users) {
        this.grants = grants;
        this.access = access;
        this.users = users;
    }

    /** A grant as it is wanted. */
    record Wanted(
            @Nullable String to,
            @Nullable String verb,
            @Nullable String on,
            @Nullable List<String> columns,
            @Nullable String rows) {
        NewGrant grant() {
            return new NewGrant(
                    present("to", to),
                    present("verb", verb),
                    present("on", on),
                    Optional.ofNullable(columns),
                    Optional.ofNullable(rows));
        }
    }

    private static String present(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "The field %s is missing".formatted(field));
        }
        return text;
    }

    /** A role or a user. */
    record Grantee(String kind, String name) {}

    /** A grant. */
    record Shown(
            UUID id,
            Grantee to,
            String verb,
            String on,
            @Nullable List<String> columns,
            @Nullable String rows,
            Instant createdAt,
            @Nullable String createdBy) {
        static Shown of(Grant grant) {
            return new Shown(
                    grant.id(),
                    new Grantee(grant.granteeKind().text(), grant.grantedTo()),
                    grant.verb(),
                    grant.resource(),
                    grant.columns().orElse(null),
                    grant.rows().orElse(null),
                    grant.createdAt(),
                    grant.createdBy().orElse(null));
        }
    }

    /** A page of grants. */
    record Listed(List<Shown> grants, @Nullable String nextCursor) {}

    /** Something that allows it. */
    record Because(@Nullable String role, @Nullable Shown grant, String text) {}

    /** Whether somebody may, and why. */
    record Why(String allowed, String text, List<Because> because, List<String> granters) {
        static Why of(Decision decision) {
            return new Why(
                    decision.allowed().name().toLowerCase(Locale.ROOT),
                    decision.text(),
                    decision.because().stream()
                            .map(reason -> new Because(
                                    reason.role().orElse(null),
                                    reason.grant().map(Shown::of).orElse(null),
                                    reason.text()))
                            .toList(),
                    decision.granters());
        }
    }

    @GetMapping("/tarn/v1/grants")
    Listed list(
            Caller caller,
            @RequestParam Optional<String> to,
            @RequestParam Optional<String> on,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<Shown> page =
                grants.list(caller, to, on, PageQuery.of(limit, cursor)).map(Shown::of);
        return new Listed(page.items(), PageQuery.opaque(page.next()).orElse(null));
    }

    @PostMapping("/tarn/v1/grants")
    @ResponseStatus(HttpStatus.CREATED)
    Shown create(Caller caller, @RequestBody Wanted wanted) {
        return Shown.of(grants.create(caller, wanted.grant()));
    }

    @DeleteMapping("/tarn/v1/grants/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        grants.delete(caller, PathId.of("grant", id));
    }

    @GetMapping("/tarn/v1/access")
    Why why(Caller caller, @RequestParam String verb, @RequestParam String on, @RequestParam Optional<String> user) {
        Verb known = Verb.named(verb)
                .orElseThrow(() -> new TarnException(ErrorCode.INVALID_REQUEST, "%s is no verb".formatted(verb)));
        UUID asked = user.map(name -> users.find(caller, name).id()).orElse(caller.userId());
        return Why.of(access.why(caller, asked, known, grants.resource(caller, on)));
    }
}
