package dev.tarn.cli.client;

import org.jspecify.annotations.Nullable;

/** A path with a query of what was given. */
public final class PathQuery {
    private final StringBuilder text;
    private char separator = '?';

    public PathQuery(String path) {
        this.text = new StringBuilder(path);
    }

    /** Adds a parameter; null adds nothing. */
    public PathQuery with(String name, @Nullable Object value) {
        if (value != null) {
            text.append(separator).append(name).append('=').append(TarnClient.encode(value.toString()));
            separator = '&';
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
