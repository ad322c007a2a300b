package dev.tarn.worker.export;

import java.io.IOException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VarCharVector;

/** Reads the texts of a vector in pieces: one of 50 MB must not be in memory a second time. */
final class Texts {
    static final int PIECE_BYTES = 16 << 10;

    private final VarCharVector vector;
    private final byte[] piece = new byte[PIECE_BYTES];

    Texts(VarCharVector vector) {
        this.vector = vector;
    }

    interface Piece {
        void take(byte[] utf8, int length) throws IOException;
    }

    int length(int row) {
        return vector.getEndOffset(row) - vector.getStartOffset(row);
    }

    byte[] whole(int row) {
        return vector.get(row);
    }

    /** At least one piece, which may be empty. */
    void read(int row, Piece taker) throws IOException {
        ArrowBuf data = vector.getDataBuffer();
        int end = vector.getEndOffset(row);
        int at = vector.getStartOffset(row);
        do {
            int length = Math.min(end - at, PIECE_BYTES);
            data.getBytes(at, piece, 0, length);
            taker.take(piece, length);
            at += length;
        } while (at < end);
    }
}
