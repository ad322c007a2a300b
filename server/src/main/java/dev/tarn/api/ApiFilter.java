package dev.tarn.api;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.TarnException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.slf4j.MDC;

/**
 * The one way in. In this order: the request's id, headers of every answer, the owner of the path, the console's files, whether
 * the server still takes work, who asks, how often that one may, how large the body may be. Whatever fails, here or behind, goes through the one
 * renderer; at the end there is one log line.
 */
final class ApiFilter implements Filter {
    private static final String ID_HEADER = "X-Request-Id";

    private final ClientSide clientSide;
    private final RequestIds ids;
    private final Authentication authentication;
    private final CallLimits limits;
    private final FailureRenderer renderer;
    private final ConsolePages console;
    private final RequestLog log;
    private final Readiness readiness;
    private final ApiSettings settings;

    ApiFilter(
            ClientSide clientSide,
            RequestIds ids,
            Authentication authentication,
            CallLimits limits,
            FailureRenderer renderer,
            ConsolePages console,
            RequestLog log,
            Readiness readiness,
            ApiSettings settings) {
        this.clientSide = clientSide;
        this.ids = ids;
        this.authentication = authentication;
        this.limits = limits;
        this.renderer = renderer;
        this.console = console;
        this.log = log;
        this.readiness = readiness;
        this.settings = settings;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = clientSide.of((HttpServletRequest) servletRequest);
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        long begun = System.nanoTime();
        String id = ids.of(request.getHeader(ID_HEADER));
        PathOwner owner = PathOwner.of(request.getMethod(), request.getRequestURI());
        Caller.Origin origin = new Caller.Origin(id, request.getRemoteAddr());
        new Request(id, owner, new Caller.Anonymous(origin)).keepOn(request);
        MDC.put("request_id", id);
        try {
            response.setHeader(ID_HEADER, id);
            SecurityHeaders.setOn(response, owner.area() == PathOwner.Area.CONSOLE, request.isSecure());
            handle(request, response, chain, owner);
        } catch (Authentication.Refused e) {
            renderer.render(request, response, e.failure(), e);
        } catch (ServletException e) {
            renderer.render(request, response, e.getRootCause() instanceof Exception cause ? cause : e);
        } catch (UncheckedIOException e) {
            if (response.isCommitted()) {
                throw e.getCause();
            }
            renderer.render(request, response, e);
        } catch (RuntimeException e) {
            renderer.render(request, response, e);
        } finally {
            log.ended(request, owner, response.getStatus(), Duration.ofNanos(System.nanoTime() - begun));
            MDC.remove("request_id");
        }
    }

    private void handle(HttpServletRequest request, HttpServletResponse response, FilterChain chain, PathOwner owner)
            throws IOException, ServletException, Authentication.Refused {
        switch (owner.area()) {
            case OPERATIONS -> chain.doFilter(BodyLimit.on(request, settings), response);
            case CONSOLE -> {
                if (!console.serve(request, response)) {
                    chain.doFilter(BodyLimit.on(request, settings), response);
                }
            }
            case OPEN -> {
                QueryNames.check(owner.contract(), request.getQueryString());
                work(request, response, chain);
            }
            case API -> {
                Caller caller = authentication.caller(
                        request, owner.contract(), Request.of(request).origin());
                Request.of(request).signedInAs(caller).keepOn(request);
                QueryNames.check(owner.contract(), request.getQueryString());
                limits.admit(caller, response);
                long begun = System.nanoTime();
                try {
                    work(request, response, chain);
                } finally {
                    limits.ended(caller, owner.contract(), Duration.ofNanos(System.nanoTime() - begun));
                }
            }
        }
    }

    private void work(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!readiness.enter()) {
            throw new TarnException(ErrorCode.STOPPING, "The server is stopping; try again in a moment");
        }
        try {
            response.setHeader("Cache-Control", "no-store");
            chain.doFilter(BodyLimit.on(request, settings), response);
        } finally {
            readiness.leave();
        }
    }
}
