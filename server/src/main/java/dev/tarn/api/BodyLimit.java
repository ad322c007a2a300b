package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** Refuses a body that is too large: at once when its length is declared, else at the byte that is too much. */
final class BodyLimit extends HttpServletRequestWrapper {
    private static final Set<String> UPLOADS = Set.of("/tarn/v1/loads", "/tarn/v1/uploads");

    private final long limit;

    private BodyLimit(HttpServletRequest request, long limit) {
        super(request);
        this.limit = limit;
    }

    static HttpServletRequest on(HttpServletRequest request, ApiSettings settings) {
        long limit = isUpload(request)
                ? settings.upload().toBytes()
                : settings.body().toBytes();
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        return request.getContentLengthLong() >= 0 ? request : new BodyLimit(request, limit);
    }

    /** A load that comes as JSON names an upload, and is as small as any other request. */
    private static boolean isUpload(HttpServletRequest request) {
        String type = request.getContentType();
        boolean json = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
        return UPLOADS.contains(request.getRequestURI()) && !json;
    }

    private static TarnException tooLarge(long limit) {
        return new TarnException(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "The body has more than %,d bytes, the most that is taken here; send it in parts".formatted(limit));
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new Counted(super.getInputStream(), limit);
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream body;
        private final long limit;
        private long read;

        Counted(ServletInputStream body, long limit) {
            this.body = body;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = body.read(target, offset, length);
            count(Math.max(got, 0));
            return got;
        }

        private void count(int more) {
            read += more;
            if (read > limit) {
                throw tooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
