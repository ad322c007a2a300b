package dev.tarn.api.iceberg;

import dev.tarn.api.ContractFailure;
import dev.tarn.catalog.IcebergTables;
import dev.tarn.platform.TarnException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchPlanIdException;
import org.apache.iceberg.exceptions.NoSuchPlanTaskException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.UnprocessableEntityException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers in the protocol's JSON, and Iceberg's failures in its shape of errors. */
@Component
class CatalogAnswers {
    private final CatalogJson json;

    CatalogAnswers(CatalogJson json) {
        this.json = json;
    }

    /** 200 with what the work makes. */
    ResponseEntity<byte[]> of(Supplier<?> work) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json.write(told(work)));
    }

    /** 200 with what the work makes, and the tag of that version. */
    ResponseEntity<byte[]> tagged(String tag, Object answer) {
        return ResponseEntity.ok()
                .eTag('"' + tag + '"')
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.write(answer));
    }

    /** 200 with a table's metadata, and the tag of that version; the place of a table that is not made yet has none. */
    ResponseEntity<byte[]> table(TableMetadata metadata) {
        LoadTableResponse answer =
                LoadTableResponse.builder().withTableMetadata(metadata).build();
        return metadata.metadataFileLocation() == null ? of(() -> answer) : tagged(IcebergTables.tag(metadata), answer);
    }

    /** 204. */
    ResponseEntity<byte[]> nothing(Runnable work) {
        told(() -> {
            work.run();
            return true;
        });
        return ResponseEntity.status(HttpStatus.NO_CONTENT).build();
    }

    /** Runs it, and says its failure in the protocol's words; what is not known here goes on as it is. */
    <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (TarnException e) {
            throw e;
        } catch (RuntimeException e) {
            Optional<Integer> status = status(e);
            if (status.isEmpty()) {
                throw e;
            }
            ContractFailure failure =
                    failure(status.get(), e.getClass().getSimpleName(), Optional.ofNullable(e.getMessage()));
            failure.initCause(e);
            throw failure;
        }
    }

    static ContractFailure failure(int status, String type, Optional<String> message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message.orElse(type));
        error.put("type", type);
        error.put("code", status);
        return new ContractFailure(status, Map.of("error", error));
    }

    private static Optional<Integer> status(RuntimeException failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case NoSuchNamespaceException e -> 404;
                    case NoSuchTableException e -> 404;
                    case NoSuchViewException e -> 404;
                    case NoSuchPlanIdException e -> 404;
                    case NoSuchPlanTaskException e -> 404;
                    case NotFoundException e -> 404;
                    case AlreadyExistsException e -> 409;
                    case CommitFailedException e -> 409;
                    case NamespaceNotEmptyException e -> 409;
                    case UnprocessableEntityException e -> 422;
                    case UnsupportedOperationException e -> 406;
                    case ValidationException e -> 400;
                    case IllegalArgumentException e -> 400;
                    case CommitStateUnknownException e -> 500;
                    default -> null;
                });
    }
}
