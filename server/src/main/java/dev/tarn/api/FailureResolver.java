package dev.tarn.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** The dispatcher's failures, and those of controllers, go through the renderer like all others. */
final class FailureResolver implements HandlerExceptionResolver {
    private final FailureRenderer renderer;

    FailureResolver(FailureRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        try {
            renderer.render(request, response, exception);
            return new ModelAndView();
        } catch (IOException e) {
            throw new UncheckedIOException("The failure could not be sent", e);
        }
    }
}
