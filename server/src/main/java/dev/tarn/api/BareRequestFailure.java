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
 * Answers for requests that Tomcat refuses before any filter sees them (an impossible request line, headers that are too
 * large): in our own shape, without a word about the software behind. Tomcat makes it by its name, so it is public.
 */
public final class BareRequestFailure extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ErrorCode code = status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL;
        String body = """
                {"type":"urn:tarn:error:%s","title":"%s","status":%d,"detail":"The request is not valid HTTP; correct its first line and its headers","code":"%s"}""".formatted(code.code(), code.title(), status, code.code());
        try {
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
