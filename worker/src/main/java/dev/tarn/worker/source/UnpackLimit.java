package dev.tarn.worker.source;

/**
 * How much one uploaded file may unpack to, all entries of an archive together. Real data compress to a hundredth at best, what
 * is made to fill a disk to a thousandth or less.
 */
final class UnpackLimit {
    static final long ALWAYS_BYTES = 1L << 30;
    static final long RATIO = 250;
    static final long NEVER_BYTES = 100L * 1000 * 1000 * 1000;

    private final String name;
    private final long bytes;
    private long unpacked;

    UnpackLimit(String name, long packedBytes) {
        this.name = name;
        bytes = Math.min(NEVER_BYTES, Math.max(ALWAYS_BYTES, packedBytes * RATIO));
    }

    /** {@code more} bytes that no pass has unpacked before. */
    void count(long more) throws SourceException {
        unpacked += more;
        if (unpacked > bytes) {
            throw SourceException.badFile("The file " + name + " unpacks to more than "
                    + (bytes == NEVER_BYTES
                            ? "100 GB, which is the most"
                            : Math.round(bytes / 1e6)
                                    + " MB, far more than its size explains: it looks like a zip bomb"));
        }
    }
}
