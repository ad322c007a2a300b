package dev.tarn.loading;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files as they come in, one after the other; each is read to its end before the next is asked for. */
public interface SentFiles {
    /** The next file, or empty after the last. */
    Optional<SentFile> next() throws IOException;

    /** A file on its way, by the name that its sender gives it. */
    record SentFile(String name, InputStream body) {}

    /** The one file that a body is. */
    static SentFiles one(String name, InputStream body) {
        return new SentFiles() {
            private @Nullable SentFile left = new SentFile(name, body);

            @Override
            public Optional<SentFile> next() {
                Optional<SentFile> file = Optional.ofNullable(left);
                left = null;
                return file;
            }
        };
    }
}
