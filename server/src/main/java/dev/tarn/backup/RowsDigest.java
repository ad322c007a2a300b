package dev.tarn.backup;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a table has and a sum of their SHA-256: the same for the same rows in any order, for the two databases sort
 * texts differently. It finds what was lost or changed on the way from one database to the other; that nobody changed the
 * file is the cipher's business.
 */
final class RowsDigest {
    private static final int WORDS = 4;

    private final long[] sum = new long[WORDS];
    private long rows;

    void add(List<? extends @Nullable Object> row) {
        add(RowCodec.encode(row));
    }

    void add(byte[] encodedRow) {
        LongBuffer hash = ByteBuffer.wrap(sha256(encodedRow)).asLongBuffer();
        for (int i = 0; i < WORDS; i++) {
            sum[i] += hash.get(i);
        }
        rows++;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    long rows() {
        return rows;
    }

    byte[] sum() {
        ByteBuffer bytes = ByteBuffer.allocate(WORDS * Long.BYTES);
        bytes.asLongBuffer().put(sum);
        return bytes.array();
    }

    boolean sameAs(long otherRows, byte[] otherSum) {
        return rows == otherRows && Arrays.equals(sum(), otherSum);
    }
}
