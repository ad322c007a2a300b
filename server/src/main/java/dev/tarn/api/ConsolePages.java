package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The console: the files of {@code classpath:console/}, and its index for every other GET that accepts HTML, because its routes
 * are its own. Files whose name has a hash never change, all others are asked for again.
 */
final class ConsolePages {
    private static final Pattern SAFE_PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=UTF-8"),
            Map.entry("js", "text/javascript;charset=UTF-8"),
            Map.entry("css", "text/css;charset=UTF-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("txt", "text/plain;charset=UTF-8"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("woff2", "font/woff2"));

    private final String folder;
    private final Map<String, Optional<byte[]>> files = new ConcurrentHashMap<>();

    ConsolePages(String folder) {
        this.folder = folder;
    }

    /** Answers when the path is the console's; says no when nobody knows it. */
    boolean serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            return false;
        }
        String path = request.getRequestURI();
        Optional<byte[]> file = path.contains(".") && SAFE_PATH.matcher(path).matches() ? file(path) : Optional.empty();
        if (file.isPresent()) {
            boolean hashed = path.startsWith("/assets/");
            send(request, response, path, file.get(), hashed ? "public, max-age=31536000, immutable" : "no-cache");
            return true;
        }
        String accept = request.getHeader("Accept");
        if (accept == null || !accept.contains("text/html")) {
            return false;
        }
        byte[] index = file("/index.html")
                .orElseThrow(() -> new TarnException(
                        ErrorCode.NOT_FOUND, "The console is not part of this build; build it with ./build package"));
        send(request, response, "/index.html", index, "no-cache");
        return true;
    }

    private static void send(
            HttpServletRequest request, HttpServletResponse response, String path, byte[] body, String caching)
            throws IOException {
        String ending = path.substring(path.lastIndexOf('.') + 1);
        response.setContentType(TYPES.getOrDefault(ending, "application/octet-stream"));
        response.setHeader("Cache-Control", caching);
        response.setContentLength(body.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(body);
        }
    }

    /** Files are read once; unknown names are not remembered, so that asking for many costs no memory. */
    private Optional<byte[]> file(String path) {
        Optional<byte[]> known = files.get(path);
        if (known != null) {
            return known;
        }
        try (InputStream file = ConsolePages.class.getResourceAsStream(folder + path)) {
            if (file == null) {
                return Optional.empty();
            }
            Optional<byte[]> read = Optional.of(file.readAllBytes());
            files.put(path, read);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("The console's file " + path + " cannot be read", e);
        }
    }
}
