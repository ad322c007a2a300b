package dev.tarn.loading;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Files that were sent, kept as they came.
 *
 * @param sha256 of the one file's bytes; of several, of their hashes one after the other
 * @param expiresAt when they are removed, unless a load has used them up by then
 */
public record Upload(UUID id, List<SentFile> files, long bytes, String sha256, Instant createdAt, Instant expiresAt) {

    /** A file by the name that its sender gave it. */
    public record SentFile(String name, long bytes) {}

    /** The folder of its files; they are called 0, 1 and so on. */
    static String folder(UUID id) {
        return "upload-" + id;
    }
}
