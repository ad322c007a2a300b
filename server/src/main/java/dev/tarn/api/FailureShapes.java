package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A failure in the shape that each contract documents (contracts and wire notes: 1.1, 2, 3, 4, 5). */
final class FailureShapes {
    private static final String JSON = "application/json";

    private FailureShapes() {}

    /** What is sent. */
    record Shape(int status, String contentType, Map<String, Object> body) {}

    static Shape of(Contract contract, Failure failure, String requestId) {
        return switch (contract) {
            case DATALYNXR -> dataLynxr(failure);
            case DATIXLAB -> datixLab(failure);
            case DRLS -> new Shape(status(failure), JSON, ordered("success", false, "error", failure.message()));
            case DATALINKS -> dataLinks(failure);
            case DATA_ML -> dataMl(failure);
            case ICEBERG -> iceberg(failure);
            case TARN -> problem(failure, requestId);
        };
    }

    private static Shape dataLynxr(Failure failure) {
        Map<String, Object> error = ordered("code", failure.code().code(), "message", failure.message());
        Object queryId = failure.details().get("query_id");
        if (queryId != null) {
            error.put("query_id", queryId);
        }
        return new Shape(status(failure), JSON, ordered("error", error));
    }

    private static Shape datixLab(Failure failure) {
        String code = switch (failure.code()) {
            case UNAUTHENTICATED -> "unauthorized";
            case RATE_LIMITED, OVERLOADED, SCAN_QUOTA_EXCEEDED -> "rate_limit_exceeded";
            case INVALID_REQUEST -> "validation_error";
            default -> failure.code().code();
        };
        int status = failure.code() == ErrorCode.INVALID_REQUEST ? 422 : status(failure);
        Map<String, Object> error = ordered("code", code, "message", failure.message(), "details", failure.details());
        return new Shape(status, JSON, ordered("error", error));
    }

    private static Shape dataLinks(Failure failure) {
        String code = failure.code() == ErrorCode.UNAUTHENTICATED
                ? "UNAUTHORIZED"
                : failure.code().name().toUpperCase(Locale.ROOT);
        return new Shape(
                status(failure),
                JSON,
                ordered(
                        "error_code",
                        code,
                        "message",
                        failure.message(),
                        "error_message",
                        "",
                        "sub_errors",
                        List.of()));
    }

    /** The answers of the web framework that the contract's server is built on. */
    private static Shape dataMl(Failure failure) {
        return switch (failure.code()) {
            case UNAUTHENTICATED ->
                failure.credential() == Failure.Credential.WRONG
                        ? detail(403, "Could not validate credentials")
                        : detail(401, "Not authenticated");
            case INVALID_JSON -> invalid("json_invalid", failure);
            case INVALID_REQUEST -> invalid("value_error", failure);
            case METHOD_NOT_ALLOWED -> detail(405, "Method Not Allowed");
            case INTERNAL -> detail(500, "Internal Server Error");
            default -> detail(status(failure), failure.message());
        };
    }

    private static Shape detail(int status, Object detail) {
        return new Shape(status, JSON, ordered("detail", detail));
    }

    private static Shape invalid(String type, Failure failure) {
        Object parameter = failure.details().get("parameter");
        List<Object> place = parameter == null ? List.of("body") : List.of("query", parameter);
        Map<String, Object> entry = ordered("type", type, "loc", place, "msg", failure.message());
        entry.put("input", null);
        return detail(422, List.of(entry));
    }

    private static Shape iceberg(Failure failure) {
        String type = switch (failure.code()) {
            case UNAUTHENTICATED -> "NotAuthorizedException";
            case FORBIDDEN -> "ForbiddenException";
            case UNKNOWN_TABLE -> "NoSuchTableException";
            case UNKNOWN_NAMESPACE -> "NoSuchNamespaceException";
            case NOT_FOUND, WORKSPACE_NOT_FOUND -> "NotFoundException";
            case ALREADY_EXISTS -> "AlreadyExistsException";
            case CONFLICT, STATEMENT_CANCELLED -> "CommitFailedException";
            // A commit that failed is made anew by clients; one whose key is another's must not be.
            case IDEMPOTENCY_CONFLICT -> "UnprocessableEntityException";
            case STOPPING,
                    STILL_RUNNING,
                    WORKER_LOST,
                    DATABASE_UNAVAILABLE,
                    ISSUER_UNAVAILABLE,
                    OVERLOADED,
                    RATE_LIMITED,
                    SCAN_QUOTA_EXCEEDED -> "ServiceUnavailableException";
            case INTERNAL, STORAGE_FULL -> "InternalServerError";
            default -> "BadRequestException";
        };
        int status = failure.code() == ErrorCode.IDEMPOTENCY_CONFLICT ? 422 : status(failure);
        Map<String, Object> error = ordered("message", failure.message(), "type", type, "code", status);
        return new Shape(status, JSON, ordered("error", error));
    }

    private static Shape problem(Failure failure, String requestId) {
        ErrorCode code = failure.code();
        Map<String, Object> problem = ordered(
                "type", "urn:tarn:error:" + code.code(),
                "title", code.title(),
                "status", code.status(),
                "detail", failure.message(),
                "code", code.code(),
                "request_id", requestId);
        failure.position()
                .ifPresent(place -> problem.put(
                        "position",
                        ordered(
                                "line", place.line(),
                                "column", place.column(),
                                "offset", place.offset(),
                                "length", place.length())));
        failure.details().forEach(problem::putIfAbsent);
        return new Shape(code.status(), "application/problem+json", problem);
    }

    private static int status(Failure failure) {
        return failure.code().status();
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
