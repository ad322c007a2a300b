package dev.tarn.api;

import dev.tarn.platform.Ids;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of a request: the caller's own when it is safe to write into logs and headers, else a new one. */
final class RequestIds {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    private final Ids ids;

    RequestIds(Ids ids) {
        this.ids = ids;
    }

    String of(@Nullable String header) {
        return header != null && SAFE.matcher(header).matches()
                ? header
                : ids.next().toString();
    }
}
