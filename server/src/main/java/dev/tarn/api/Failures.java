package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.DatabaseAway;
import dev.tarn.platform.database.DatabaseFullException;
import dev.tarn.platform.database.UnstorableText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;

/** Says of any exception what the caller is told. What is not known here is an internal error, and its text stays in the log. */
final class Failures {
    private static final int LONGEST_VALUE = 100;

    private Failures() {}

    static Failure of(Exception exception) {
        Optional<TarnException> ours = cause(exception, TarnException.class);
        if (ours.isPresent()) {
            return Failure.of(ours.get());
        }
        if (cause(exception, DatabaseFullException.class).isPresent()) {
            return Failure.of(
                    ErrorCode.STORAGE_FULL,
                    "There is no room left on the server's disk; nothing was changed, free some space and try again");
        }
        if (DatabaseAway.caused(exception)) {
            return Failure.of(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The server's database does not answer at this moment; try again, and look whether a change was made before");
        }
        if (UnstorableText.caused(exception)) {
            return Failure.of(
                    ErrorCode.INVALID_REQUEST,
                    "A text of the request holds the character U+0000, which cannot be kept; leave it out");
        }
        return switch (exception) {
            case NoHandlerFoundException missing -> unknownPath(missing.getHttpMethod(), missing.getRequestURL());
            case NoResourceFoundException missing ->
                unknownPath(missing.getHttpMethod().name(), "/" + missing.getResourcePath());
            case HttpRequestMethodNotSupportedException wrong -> wrongMethod(wrong);
            case HttpMediaTypeNotSupportedException wrong ->
                Failure.of(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "The Content-Type %s is not taken here; send application/json"
                                .formatted(wrong.getContentType()));
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case MethodArgumentTypeMismatchException wrong -> wrongType(wrong);
            case MissingServletRequestParameterException missing ->
                parameter(
                        missing.getParameterName(),
                        "The parameter %s is missing; add ?%s=..."
                                .formatted(missing.getParameterName(), missing.getParameterName()));
            case MissingRequestValueException missing ->
                Failure.of(ErrorCode.INVALID_REQUEST, "The request lacks a value: " + missing.getMessage());
            case ErrorResponse refused
            when refused.getStatusCode().is4xxClientError() ->
                Failure.of(
                        ErrorCode.INVALID_REQUEST,
                        Optional.ofNullable(refused.getBody().getDetail()).orElse("The request is not valid"));
            default ->
                Failure.of(
                        ErrorCode.INTERNAL,
                        "The server failed at this request; its log says why, under the request id of this answer");
        };
    }

    static Failure unknownPath(String method, String path) {
        return Failure.of(
                ErrorCode.NOT_FOUND,
                "There is no %s %s; see /openapi/tarn and its like for what there is".formatted(method, path));
    }

    private static Failure wrongMethod(HttpRequestMethodNotSupportedException wrong) {
        String allowed = Optional.ofNullable(wrong.getSupportedHttpMethods()).stream()
                .flatMap(Set::stream)
                .map(HttpMethod::name)
                .sorted()
                .collect(Collectors.joining(", "));
        return Failure.of(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "%s is not possible on this path; it takes %s".formatted(wrong.getMethod(), allowed))
                .withHeader("Allow", allowed);
    }

    private static Failure unreadable(HttpMessageNotReadableException unreadable) {
        Optional<StreamReadException> broken = cause(unreadable, StreamReadException.class);
        if (broken.isPresent()) {
            return Failure.of(ErrorCode.INVALID_JSON, "The body is not valid JSON" + sentence(broken.get()));
        }
        Optional<DatabindException> misfit = cause(unreadable, DatabindException.class);
        if (misfit.isPresent()) {
            String field = misfit.get().getPath().stream()
                    .map(step -> step.getPropertyName() != null ? step.getPropertyName() : "[" + step.getIndex() + "]")
                    .collect(Collectors.joining("."));
            String what = field.isEmpty() ? "The body" : "The field " + field;
            return Failure.of(
                    ErrorCode.INVALID_REQUEST, what + " does not have the type that is expected" + place(misfit.get()));
        }
        if (cause(unreadable, JacksonException.class).isPresent()) {
            return Failure.of(
                    ErrorCode.INVALID_JSON, "The body cannot be read as JSON in UTF-8; correct it and send it again");
        }
        return Failure.of(ErrorCode.INVALID_JSON, "The request needs a JSON body; send one");
    }

    private static String sentence(JacksonException broken) {
        String what = Optional.ofNullable(broken.getOriginalMessage())
                .map(text -> text.lines().findFirst().orElse(""))
                .orElse("");
        return place(broken) + ": " + (what.length() > 2 * LONGEST_VALUE ? what.substring(0, 2 * LONGEST_VALUE) : what);
    }

    private static String place(JacksonException exception) {
        TokenStreamLocation location = exception.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static Failure wrongType(MethodArgumentTypeMismatchException wrong) {
        String value = String.valueOf(wrong.getValue());
        String shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value;
        Class<?> type = wrong.getRequiredType();
        String wanted = type == null || type == Optional.class
                ? "of the expected kind"
                : "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
        return parameter(
                wrong.getName(), "The parameter %s is '%s', which is not %s".formatted(wrong.getName(), shown, wanted));
    }

    private static Failure parameter(String name, String message) {
        return new Failure(
                ErrorCode.INVALID_REQUEST,
                message,
                Map.of("parameter", name),
                Optional.empty(),
                Failure.Credential.FINE,
                Map.of());
    }

    private static <T extends Throwable> Optional<T> cause(Throwable exception, Class<T> type) {
        Throwable current = exception;
        for (int depth = 0; current != null && depth < 20; depth++) {
            if (type.isInstance(current)) {
                return Optional.of(type.cast(current));
            }
            current = current.getCause();
        }
        return Optional.empty();
    }
}
