package dev.tarn.api.tarn;

import dev.tarn.loading.SentFiles;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.UploadContext;

/**
 * The files that a request carries: its body, or the parts of a form. Both are read as they come; no part is kept in memory or
 * on the disk before it is asked for.
 */
final class SentBody {
    private static final String FORM = "multipart/form-data";
    private static final Set<String> COMPRESSED = Set.of("gzip", "x-gzip");

    private SentBody() {}

    /** The request's media type, without parameters and in lower case; empty when it has none. */
    static String mediaType(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** @param name what the file is called when the body is one file */
    static SentFiles files(HttpServletRequest request, String name) {
        try {
            InputStream body = unpacked(request);
            return switch (mediaType(request)) {
                case FORM -> new Form(request, body);
                case "application/x-www-form-urlencoded", "application/json" ->
                    throw new TarnException(
                            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                            "The body must be the file itself, or a form of the kind %s; it was sent as %s"
                                    .formatted(FORM, mediaType(request)));
                default -> SentFiles.one(name, body);
            };
        } catch (IOException e) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "The upload was cut off, or is not compressed as it says", e);
        }
    }

    /** A body that was compressed on its way is unpacked; it is not the file that its sender named. */
    private static InputStream unpacked(HttpServletRequest request) throws IOException {
        String encoding = Optional.ofNullable(request.getHeader("Content-Encoding"))
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .orElse("identity");
        if (encoding.isEmpty() || encoding.equals("identity")) {
            return request.getInputStream();
        }
        if (COMPRESSED.contains(encoding)) {
            return new GZIPInputStream(request.getInputStream(), 1 << 16);
        }
        throw new TarnException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "The Content-Encoding %s is not taken; send the file as it is, or with gzip".formatted(encoding));
    }

    /** The parts of a form. */
    private static final class Form implements SentFiles {
        private final FileItemIterator parts;

        Form(HttpServletRequest request, InputStream body) throws IOException {
            FileUpload form = new FileUpload();
            form.setHeaderEncoding(StandardCharsets.UTF_8.name());
            try {
                this.parts = form.getItemIterator(new Context(request, body));
            } catch (FileUploadException e) {
                throw malformed(e);
            }
        }

        @Override
        public Optional<SentFile> next() throws IOException {
            try {
                if (!parts.hasNext()) {
                    return Optional.empty();
                }
                FileItemStream part = parts.next();
                String name = part.getName();
                if (part.isFormField() || name == null) {
                    throw new TarnException(
                            ErrorCode.INVALID_REQUEST,
                            "The form's part %s is no file; options stand in the query".formatted(part.getFieldName()));
                }
                return Optional.of(new SentFile(name, part.openStream()));
            } catch (FileUploadException e) {
                throw malformed(e);
            }
        }

        private static TarnException malformed(FileUploadException cause) {
            return new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The body is no form of the kind %s, or was cut off; send it again".formatted(FORM),
                    cause);
        }
    }

    /** What the parser asks of a request. */
    private record Context(HttpServletRequest request, InputStream body) implements UploadContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return request.getContentType();
        }

        @Override
        public long contentLength() {
            return request.getContentLengthLong();
        }

        @Override
        public InputStream getInputStream() {
            return body;
        }
    }
}
