package dev.tarn.api.iceberg;

import dev.tarn.access.Caller;
import dev.tarn.api.Answer;
import dev.tarn.api.Contract;
import dev.tarn.api.IdempotentRequests;
import dev.tarn.catalog.CatalogCommits;
import dev.tarn.catalog.CatalogCommits.IcebergFacades;
import dev.tarn.catalog.Effect;
import dev.tarn.catalog.IcebergTables;
import dev.tarn.catalog.IcebergViews;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.responses.LoadViewResponse;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Requests that change something. One with an {@code Idempotency-Key} is carried out once: its answer is kept in the transaction
 * that makes the change true. Metadata is not kept again in an answer, but where it is; a table that is large and busy has much of it.
 */
@Component
class CatalogRequests {
    private static final String KEY = "Idempotency-Key";
    private static final String JSON_BEGINS = "{";

    private final IdempotentRequests idempotent;
    private final CatalogCommits commits;
    private final IcebergTables tables;
    private final IcebergViews views;
    private final CatalogJson json;
    private final CatalogAnswers answers;

    CatalogRequests(
            IdempotentRequests idempotent,
            CatalogCommits commits,
            IcebergTables tables,
            IcebergViews views,
            CatalogJson json,
            CatalogAnswers answers) {
        this.idempotent = idempotent;
        this.commits = commits;
        this.tables = tables;
        this.views = views;
        this.json = json;
        this.answers = answers;
    }

    /** What was done: the answer, and what is kept of it. */
    private record Done(ResponseEntity<byte[]> response, Answer kept) {}

    /** A change that leaves a table, or the place of one, and is answered with its metadata. */
    ResponseEntity<byte[]> table(
            Caller caller,
            HttpServletRequest request,
            byte[] body,
            TableIdentifier identifier,
            Function<IcebergFacades, TableMetadata> work) {
        return once(
                caller,
                request,
                body,
                facades -> {
                    TableMetadata metadata = work.apply(facades);
                    ResponseEntity<byte[]> response = answers.table(metadata);
                    return new Done(response, kept(Optional.ofNullable(metadata.metadataFileLocation()), response));
                },
                location -> answers.table(tables.changed(caller, identifier, location)));
    }

    /** A change that leaves a view, and is answered with its metadata. */
    ResponseEntity<byte[]> view(
            Caller caller,
            HttpServletRequest request,
            byte[] body,
            TableIdentifier identifier,
            Function<IcebergFacades, LoadViewResponse> work) {
        return once(
                caller,
                request,
                body,
                facades -> {
                    LoadViewResponse view = work.apply(facades);
                    ResponseEntity<byte[]> response = answers.of(() -> view);
                    return new Done(response, kept(Optional.of(view.metadataLocation()), response));
                },
                location -> answers.of(() -> views.changed(caller, identifier, location)));
    }

    /** A change that is answered by itself. */
    ResponseEntity<byte[]> told(
            Caller caller,
            HttpServletRequest request,
            byte[] body,
            Function<IcebergFacades, ? extends RESTResponse> work) {
        return once(
                caller,
                request,
                body,
                facades -> {
                    ResponseEntity<byte[]> response = answers.of(() -> work.apply(facades));
                    return new Done(response, kept(Optional.empty(), response));
                },
                location -> raw(200, location));
    }

    /** A change that is answered with 204. */
    ResponseEntity<byte[]> nothing(
            Caller caller, HttpServletRequest request, byte[] body, Consumer<IcebergFacades> work) {
        return once(
                caller,
                request,
                body,
                facades -> new Done(answers.nothing(() -> work.accept(facades)), kept(new Effect.Nothing())),
                location -> raw(200, location));
    }

    private ResponseEntity<byte[]> once(
            Caller caller,
            HttpServletRequest request,
            byte[] body,
            Function<IcebergFacades, Done> work,
            Function<String, ResponseEntity<byte[]>> again) {
        String key = request.getHeader(KEY);
        if (key == null) {
            return answers.told(
                    () -> work.apply(commits.icebergWith(caller, effect -> {})).response());
        }
        AtomicReference<ResponseEntity<byte[]>> fresh = new AtomicReference<>();
        Answer answer = idempotent.settled(caller, Contract.ICEBERG, key, hash(request, body), early -> {
            Done done =
                    answers.told(() -> work.apply(commits.icebergWith(caller, effect -> early.accept(kept(effect)))));
            fresh.set(done.response());
            return done.kept();
        });
        if (fresh.get() != null) {
            return fresh.get();
        }
        String text = answer.body().orElse("");
        return answer.status() == 200 && !text.startsWith(JSON_BEGINS)
                ? answers.told(() -> again.apply(text))
                : raw(answer.status(), text);
    }

    private static String hash(HttpServletRequest request, byte[] body) {
        return IdempotentRequests.hash(
                request.getMethod(),
                request.getRequestURI(),
                Objects.requireNonNullElse(request.getQueryString(), ""),
                new String(body, StandardCharsets.ISO_8859_1));
    }

    private Answer kept(Effect effect) {
        return switch (effect) {
            case Effect.Metadata(String location) -> Answer.of(200, location);
            case Effect.Told(RESTResponse answer) -> Answer.of(200, text(json.write(answer)));
            case Effect.Nothing() -> new Answer(204, Optional.empty(), false);
        };
    }

    private static Answer kept(Optional<String> location, ResponseEntity<byte[]> response) {
        return Answer.of(200, location.orElseGet(() -> text(Objects.requireNonNull(response.getBody()))));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static ResponseEntity<byte[]> raw(int status, String body) {
        return body.isEmpty()
                ? ResponseEntity.status(status).build()
                : ResponseEntity.status(status)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(body.getBytes(StandardCharsets.UTF_8));
    }
}
