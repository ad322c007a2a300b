package dev.tarn.api.tarn;

import dev.tarn.access.Audit;
import dev.tarn.access.AuditEntry;
import dev.tarn.access.AuditHead;
import dev.tarn.access.AuditQuery;
import dev.tarn.access.AuditReport;
import dev.tarn.access.AuditTrail;
import dev.tarn.access.Caller;
import dev.tarn.api.PageQuery;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail. */
@RestController
class AuditController {
    private static final String LINES = "application/x-ndjson";
    private static final int MOST_HEADS = 1_000;

    private final AuditTrail trail;
    private final JsonMapper json;

    AuditController(AuditTrail trail, JsonMapper json) {
        this.trail = trail;
        this.json = json;
    }

    /** Somebody. */
    record ActorView(String kind, String id, String name) {}

    /** One entry; its sequence is null until it is sealed. */
    record EntryView(
            String id,
            @Nullable Long sequence,
            Instant at,
            ActorView who,
            String verb,
            String resource,
            String outcome,
            String requestId,
            String address,
            JsonNode details) {}

    /** A page of entries. */
    record EntryPage(List<EntryView> entries, @Nullable String nextCursor) {}

    /** Heads that were kept elsewhere. */
    record Kept(@Nullable List<String> heads, @Nullable String scope) {}

    /** The end of a chain. */
    record HeadView(long sequence, String hash, @Nullable Instant sealedAt) {}

    /** What is not as it was. */
    record ProblemView(@Nullable Long sequence, @Nullable String entryId, String text) {}

    /** What a verification found. */
    record ReportView(
            boolean intact,
            long entries,
            long firstSequence,
            @Nullable HeadView head,
            long unsealed,
            List<ProblemView> problems) {
        static ReportView of(AuditReport report) {
            return new ReportView(
                    report.intact(),
                    report.entries(),
                    report.firstSequence(),
                    report.head()
                            .map(head -> new HeadView(
                                    head.sequence(),
                                    head.hash(),
                                    head.sealedAt().orElse(null)))
                            .orElse(null),
                    report.unsealed(),
                    report.problems().stream()
                            .map(problem -> new ProblemView(
                                    problem.sequence().orElse(null),
                                    problem.entryId().orElse(null),
                                    problem.text()))
                            .toList());
        }
    }

    @GetMapping("/tarn/v1/audit")
    void list(
            Caller caller,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> until,
            @RequestParam Optional<String> who,
            @RequestParam Optional<String> verb,
            @RequestParam Optional<String> resource,
            @RequestParam Optional<String> outcome,
            @RequestParam Optional<String> q,
            @RequestParam(required = false) @Nullable String scope,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        AuditQuery query = new AuditQuery(
                given(from).map(text -> instant("from", text)),
                given(until).map(text -> instant("until", text)),
                given(who),
                given(verb),
                given(resource),
                given(outcome).map(AuditController::outcome),
                given(q));
        if (accept != null && accept.contains(LINES)) {
            stream(caller, scope(scope), query, response);
            return;
        }
        Page<EntryView> page = trail.list(caller, scope(scope), query, PageQuery.of(limit, cursor))
                .map(this::view);
        response.setContentType("application/json");
        response.getOutputStream()
                .write(json.writeValueAsBytes(new EntryPage(
                        page.items(), PageQuery.opaque(page.next()).orElse(null))));
    }

    /** A failure after the first line breaks the answer off, so that it is not taken for all. */
    private void stream(Caller caller, AuditTrail.Scope scope, AuditQuery query, HttpServletResponse response)
            throws IOException {
        OutputStream[] out = new OutputStream[1];
        trail.stream(caller, scope, query, entry -> {
            try {
                if (out[0] == null) {
                    response.setContentType(LINES);
                    out[0] = new BufferedOutputStream(response.getOutputStream(), 1 << 16);
                }
                out[0].write(json.writeValueAsBytes(view(entry)));
                out[0].write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        if (out[0] == null) {
            response.setContentType(LINES);
        } else {
            out[0].flush();
        }
    }

    @PostMapping("/tarn/v1/audit/verify")
    ReportView verify(Caller caller, @RequestBody(required = false) @Nullable Kept kept) {
        List<String> heads = kept == null || kept.heads() == null ? List.of() : kept.heads();
        if (heads.size() > MOST_HEADS) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "There are %d heads; send %d at most, the newest".formatted(heads.size(), MOST_HEADS));
        }
        return ReportView.of(trail.verify(
                caller,
                scope(kept == null ? null : kept.scope()),
                heads.stream().map(AuditHead::parse).toList()));
    }

    private EntryView view(AuditEntry entry) {
        return new EntryView(
                entry.id(),
                entry.sequence().orElse(null),
                entry.at(),
                new ActorView(entry.who().kind(), entry.who().id(), entry.who().name()),
                entry.verb(),
                entry.resource(),
                entry.outcome(),
                entry.requestId(),
                entry.address(),
                details(entry.details()));
    }

    /** What somebody has made of the details in the database is shown, too. */
    private JsonNode details(String text) {
        try {
            JsonNode details = json.readTree(text);
            if (details.isObject()) {
                return details;
            }
        } catch (JacksonException e) {
            // shown as it is
        }
        return json.createObjectNode().put("text", text);
    }

    private static Optional<String> given(Optional<String> text) {
        return text.filter(given -> !given.isBlank());
    }

    private static AuditTrail.Scope scope(@Nullable String text) {
        return switch (text == null ? "tenant" : text) {
            case "tenant" -> AuditTrail.Scope.TENANT;
            case "server" -> AuditTrail.Scope.SERVER;
            default ->
                throw new TarnException(ErrorCode.INVALID_REQUEST, "scope is tenant or server, not %s".formatted(text));
        };
    }

    private static Audit.Outcome outcome(String text) {
        return Arrays.stream(Audit.Outcome.values())
                .filter(outcome -> outcome.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST, "outcome is done, denied or failed, not %s".formatted(text)));
    }

    /** A time with its zone, or a day in UTC. */
    private static Instant instant(String name, String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s is a time as 2026-11-27T10:00:00Z or a day as 2026-11-27, not %s".formatted(name, text),
                    e);
        }
    }
}
