package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers for requests that Tomcat itself refuses, before any filter sees them (an impossible request line, headers that are
 * too large) or in the middle (a body that ends too early, of which Tomcat makes a 500 whatever we answer): in our own shape,
 * without a word about the software behind. Tomcat makes it by its name, so it is public.
 */
public final class BareRequestFailure extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
        boolean cutOff = cause instanceof IOException;
        int status = cutOff ? ErrorCode.INVALID_REQUEST.status() : response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ErrorCode code = status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL;
        String detail = cutOff
                ? "The request's body was cut off before its end; nothing was done, send it again"
                : "The request is not valid HTTP; correct its first line and its headers";
        String body = """
                {"type":"urn:tarn:error:%s","title":"%s","status":%d,"detail":"%s","code":"%s"}""".formatted(code.code(), code.title(), status, detail, code.code());
        try {
            response.setStatus(status);
            response.setContentType("application/problem+json");
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            PrintWriter reporter = response.getReporter();
            if (reporter != null) {
                reporter.write(body);
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("The client has gone", e);
        }
    }
}
