package dev.tarn.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a caller is told about. The message is one sentence: what failed, with which value, what to do. It never
 * holds a stack trace, a path of the server or a secret.
 */
public final class TarnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    @SuppressWarnings("serial") // exceptions of ours are never serialised
    private final Map<String, Object> details;

    private final transient @Nullable TextPosition position;

    private TarnException(
            ErrorCode code,
            String message,
            Map<String, Object> details,
            @Nullable TextPosition position,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = details;
        this.position = position;
    }

    /** A failure with nothing more to say than its sentence. */
    public TarnException(ErrorCode code, String message) {
        this(code, message, Map.of(), null, null);
    }

    /** A failure that another one caused; the cause is for the log alone. */
    public TarnException(ErrorCode code, String message, Throwable cause) {
        this(code, message, Map.of(), null, cause);
    }

    /** The same failure at a place in the caller's text. */
    public TarnException at(TextPosition place) {
        return new TarnException(code, message(), details, place, getCause());
    }

    /** The same failure with one more fact for machines; null facts are left out. */
    public TarnException with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new TarnException(code, message(), more, position, getCause());
    }

    public ErrorCode code() {
        return code;
    }

    /** The sentence; never null. */
    public String message() {
        String message = getMessage();
        return message == null ? code.title() : message;
    }

    /** Facts for machines beside the sentence, in the order they were added. */
    public Map<String, Object> details() {
        return details;
    }

    /** The place in the caller's text, when the failure has one. */
    public Optional<TextPosition> position() {
        return Optional.ofNullable(position);
    }
}
