package dev.tarn.api.iceberg;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The names in a path of the protocol, {@code /iceberg/v1/PREFIX/namespaces/NAMESPACE/tables/TABLE}, as clients write them: a
 * segment is encoded as a form is, so a blank is a plus, and U+001F separates the levels of a namespace. The path is taken as it
 * came, because what the container has decoded does not tell a plus from a blank any more.
 */
record CatalogPath(List<String> segments) {
    private static final int PREFIX = 3;
    private static final int NAMESPACE = 5;
    private static final int NAME = 7;
    private static final int PART = 9;
    private static final String SEPARATOR = "\u001f";

    /** The only one; the caller's tenant decides what it is. */
    static final String WAREHOUSE = "iceberg";

    /**
     * The names of a request's path.
     *
     * @throws TarnException {@code NOT_FOUND} for a prefix that is not ours
     */
    static CatalogPath of(HttpServletRequest request) {
        CatalogPath path = new CatalogPath(List.of(request.getRequestURI().split("/", -1)));
        if (!path.decoded(PREFIX).equals(WAREHOUSE)) {
            throw new TarnException(ErrorCode.NOT_FOUND, "There is no such prefix; the only one is " + WAREHOUSE);
        }
        return path;
    }

    private String decoded(int index) {
        if (index >= segments.size()) {
            return "";
        }
        try {
            return URLDecoder.decode(segments.get(index), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "A name in the path is not percent-encoded", e);
        }
    }

    Namespace namespace() {
        return namespace(decoded(NAMESPACE));
    }

    /** Of a text that separates levels. */
    static Namespace namespace(String text) {
        return text.isEmpty() ? Namespace.empty() : Namespace.of(text.split(SEPARATOR, -1));
    }

    /** The name of a table or view. */
    TableIdentifier identifier() {
        String name = decoded(NAME);
        if (name.isEmpty()) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "The path holds an empty name");
        }
        return TableIdentifier.of(namespace(), name);
    }

    /** What a request would call something, whether that can be a name or not. */
    static TableIdentifier named(Namespace namespace, @Nullable String name) {
        return TableIdentifier.of(namespace, name == null || name.isEmpty() ? "?" : name);
    }

    /** The name of a part of a table, such as a plan. */
    String part() {
        return decoded(PART);
    }

    /** The page that is asked for. Who names no token and no size knows of no pages, and gets all there is. */
    static <T> Page<T> page(@Nullable String token, @Nullable Integer size, Function<PageRequest, Page<T>> list) {
        Optional<String> next = Optional.ofNullable(token).filter(text -> !text.isEmpty());
        if (token != null || size != null) {
            int limit = size == null ? PageRequest.MAXIMUM : Math.min(size, PageRequest.MAXIMUM);
            return list.apply(new PageRequest(limit, next));
        }
        List<T> all = new ArrayList<>();
        do {
            Page<T> part = list.apply(new PageRequest(PageRequest.MAXIMUM, next));
            all.addAll(part.items());
            next = part.next();
        } while (next.isPresent());
        return new Page<>(all, next);
    }
}
