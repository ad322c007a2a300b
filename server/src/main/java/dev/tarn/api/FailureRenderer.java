package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Writes every failure, wherever it happened, in the shape of the contract that owns the path. */
final class FailureRenderer {
    private static final Logger LOG = LoggerFactory.getLogger(FailureRenderer.class);

    /** The fact of a failure that says when the same request may succeed. */
    private static final String RETRY_AFTER = "retry_after_secs";

    private static final String JSON_TYPE = "application/json";

    /** Of its own: a contract's names are not ours to change. */
    private static final JsonMapper JSON = JsonMapper.builder().build();

    void render(HttpServletRequest request, HttpServletResponse response, Exception exception) throws IOException {
        Optional<ContractFailure> own = ContractFailure.behind(exception);
        if (own.isPresent() && !response.isCommitted()) {
            response.resetBuffer();
            response.setStatus(own.get().status());
            write(response, JSON_TYPE, own.get().body());
        } else {
            render(request, response, Failures.of(exception), exception);
        }
    }

    void render(HttpServletRequest request, HttpServletResponse response, Failure failure, Exception cause)
            throws IOException {
        if (clientHasGone(cause)) {
            throw new IOException("The client has gone", cause);
        }
        if (failure.code() == ErrorCode.INTERNAL || failure.code() == ErrorCode.DATABASE_UNAVAILABLE) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), cause);
        }
        if (response.isCommitted()) {
            // A broken connection is the only way left to say that the answer is not whole.
            throw new IOException("The answer had begun when the request failed: " + failure.message(), cause);
        }
        Contract contract = Request.of(request).owner().contract();
        FailureShapes.Shape shape =
                FailureShapes.of(contract, failure, Request.of(request).id());
        response.resetBuffer();
        response.setStatus(shape.status());
        failure.headers().forEach(response::setHeader);
        if (shape.status() == 401) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        if (failure.code().retryable() && (shape.status() == 429 || shape.status() == 503)) {
            response.setHeader("Retry-After", retryAfter(failure));
        }
        write(response, shape.contentType(), shape.body());
    }

    /** In seconds: what the failure itself says, else a moment. */
    private static String retryAfter(Failure failure) {
        Object seconds = failure.details().get(RETRY_AFTER);
        return seconds instanceof Long known && known > 0 ? known.toString() : "1";
    }

    private static void write(HttpServletResponse response, String contentType, Object shape) throws IOException {
        byte[] body = bytes(shape);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    static byte[] bytes(Object shape) {
        return JSON.writeValueAsBytes(shape);
    }

    private static boolean clientHasGone(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientAbortException) {
                return true;
            }
        }
        return false;
    }
}
