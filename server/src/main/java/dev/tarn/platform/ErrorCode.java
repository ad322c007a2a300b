package dev.tarn.platform;

/**
 * Everything that can go wrong, once. Each contract's adapter renders a code in its own shape; the HTTP status and whether
 * the same request may succeed later are the same in all of them.
 */
public enum ErrorCode {
    INVALID_REQUEST(400),
    INVALID_JSON(400),
    SYNTAX_ERROR(400),
    BINDING_ERROR(400),
    TYPE_ERROR(400),
    STATEMENT_NOT_ALLOWED(400),
    RESOURCE_EXCEEDED(400),
    BAD_ROW(400),
    BAD_FILE(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    UNKNOWN_TABLE(404),
    UNKNOWN_NAMESPACE(404),
    WORKSPACE_NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    TIMEOUT(408, true),
    ALREADY_EXISTS(409),
    NOT_EMPTY(409),
    CONFLICT(409, true),
    STATEMENT_CANCELLED(409),
    IDEMPOTENCY_CONFLICT(409),
    PAYLOAD_TOO_LARGE(413),
    RESULT_TOO_LARGE(413),
    STORAGE_QUOTA_EXCEEDED(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    RATE_LIMITED(429, true),
    OVERLOADED(429, true),
    SCAN_QUOTA_EXCEEDED(429, true),
    INTERNAL(500),
    WORKER_LOST(503, true),
    DATABASE_UNAVAILABLE(503, true),
    STOPPING(503, true),
    STILL_RUNNING(503, true),
    ISSUER_UNAVAILABLE(503, true),
    STORAGE_FULL(507, true);

    private final int status;
    private final boolean retryable;

    ErrorCode(int status) {
        this(status, false);
    }

    ErrorCode(int status, boolean retryable) {
        this.status = status;
        this.retryable = retryable;
    }

    /** The HTTP status, the same in every contract unless that contract documents another. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later without being changed. */
    public boolean retryable() {
        return retryable;
    }

    /** The code as contracts show it: lower case with underscores. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** A short title for people: {@code UNKNOWN_TABLE} is "Unknown table". */
    public String title() {
        String words = code().replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
