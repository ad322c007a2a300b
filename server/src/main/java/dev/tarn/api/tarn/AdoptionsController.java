package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.adoption.AdoptedTable;
import dev.tarn.adoption.Adoption;
import dev.tarn.adoption.Adoptions;
import dev.tarn.adoption.CatalogSecret;
import dev.tarn.adoption.WantedAdoption;
import dev.tarn.api.PathId;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tables that exist elsewhere become the tenant's, where they are. */
@RestController
@RequestMapping("/tarn/v1/adoptions")
class AdoptionsController {
    private static final int PAGE = 1_000;

    private final Adoptions adoptions;

    AdoptionsController(Adoptions adoptions) {
        this.adoptions = adoptions;
    }

    /** The request; null fields are as absent. Its secrets are no part of any text. */
    record AdoptionForm(
            @Nullable String kind,
            @Nullable String location,
            @Nullable String name,
            @Nullable String warehouse,
            @Nullable String token,
            @Nullable String credential,
            @Nullable String tokenAddress,
            @Nullable String scope,
            @Nullable List<String> namespaces,
            @Nullable List<String> tables,
            @Nullable String into,
            @Nullable Boolean dryRun) {
        @Override
        public String toString() {
            return "AdoptionForm[" + kind + ", " + location + "]";
        }

        WantedAdoption wanted() {
            if (location == null || location.isBlank()) {
                throw refused("The field location is missing: it names a metadata file, a folder or an address");
            }
            return new WantedAdoption(
                    WantedAdoption.Kind.of(kind)
                            .orElseThrow(
                                    () -> refused("kind is metadata_file, hadoop or rest, not %s".formatted(kind))),
                    location,
                    name,
                    warehouse,
                    tokenAddress,
                    scope,
                    namespaces == null ? List.of() : namespaces,
                    tables == null ? List.of() : tables,
                    into,
                    Boolean.TRUE.equals(dryRun));
        }

        Optional<CatalogSecret> secret() {
            if (token != null && credential != null) {
                throw refused("A catalog takes a token or a credential, not both");
            }
            return Optional.ofNullable(token)
                    .map(value -> new CatalogSecret(CatalogSecret.Kind.TOKEN, value))
                    .or(() -> Optional.ofNullable(credential)
                            .map(value -> new CatalogSecret(CatalogSecret.Kind.CREDENTIAL, value)));
        }
    }

    /** Where an adoption stands. */
    record Standing(UUID id, String status) {}

    /** Why one failed or was cancelled. */
    record ErrorView(String code, String detail) {}

    /** An adoption without its tables. */
    record AdoptionView(
            UUID id,
            String kind,
            String location,
            boolean dryRun,
            String status,
            @Nullable Double progress,
            Instant createdAt,
            @Nullable Instant finishedAt,
            Map<String, Integer> counts,
            @Nullable ErrorView error) {
        static AdoptionView of(Adoption adoption) {
            return new AdoptionView(
                    adoption.id(),
                    adoption.wanted().kind().text(),
                    adoption.wanted().location(),
                    adoption.wanted().dryRun(),
                    adoption.state().text(),
                    adoption.progress().isPresent() ? adoption.progress().getAsDouble() : null,
                    adoption.createdAt(),
                    adoption.finishedAt().orElse(null),
                    counts(adoption.tables()),
                    adoption.failure()
                            .map(why -> new ErrorView(why.code(), why.detail()))
                            .orElse(null));
        }

        private static Map<String, Integer> counts(List<AdoptedTable> tables) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            Arrays.stream(AdoptedTable.Outcome.values()).forEach(outcome -> counts.put(outcome.text(), 0));
            tables.forEach(table -> counts.merge(table.outcome().text(), 1, Integer::sum));
            return counts;
        }
    }

    /** One's own adoptions. */
    record AdoptionList(List<AdoptionView> adoptions) {}

    /** One table of it. */
    record TableView(
            String source,
            @Nullable String name,
            @Nullable String metadataLocation,
            String outcome,
            @Nullable String reason) {
        static TableView of(AdoptedTable table) {
            return new TableView(
                    table.source(),
                    table.name(),
                    table.metadataLocation(),
                    table.outcome().text(),
                    table.reason());
        }
    }

    /** An adoption and a page of its tables. */
    record AdoptionPage(
            AdoptionView adoption,
            List<TableView> tables,
            @Nullable String nextCursor) {}

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Standing start(Caller caller, @RequestBody AdoptionForm form) {
        return new Standing(adoptions.start(caller, form.wanted(), form.secret()), "queued");
    }

    @GetMapping
    AdoptionList list(Caller caller) {
        return new AdoptionList(
                adoptions.list(caller).stream().map(AdoptionView::of).toList());
    }

    @GetMapping("/{id}")
    AdoptionPage find(Caller caller, @PathVariable String id, @RequestParam(required = false) @Nullable String cursor) {
        Adoption adoption = adoptions.find(caller, PathId.of("adoption", id));
        List<AdoptedTable> tables = adoption.tables();
        int from = Math.min(place(cursor), tables.size());
        int to = Math.min(from + PAGE, tables.size());
        return new AdoptionPage(
                AdoptionView.of(adoption),
                tables.subList(from, to).stream().map(TableView::of).toList(),
                to < tables.size() ? Integer.toString(to) : null);
    }

    /** The cursor is the number of the page's first table. */
    private static int place(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? 0 : Integer.parseUnsignedInt(cursor);
        } catch (NumberFormatException e) {
            throw PageRequest.unknownCursor(e);
        }
    }

    @DeleteMapping("/{id}")
    Standing cancel(Caller caller, @PathVariable String id) {
        Adoption adoption = adoptions.cancel(caller, PathId.of("adoption", id));
        return new Standing(adoption.id(), adoption.state().text());
    }

    private static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }
}
