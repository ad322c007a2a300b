package dev.tarn.backup;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what a backup holds: the manifest, the secret files, each table with its rows, count and digest, and an end. */
final class DumpWriter {
    static final int END = 0;
    static final int ROW = 1;
    static final int TABLE = 2;

    private final DataOutputStream out;

    DumpWriter(OutputStream out, Manifest manifest, Map<String, byte[]> files) throws IOException {
        this.out = new DataOutputStream(new BufferedOutputStream(out, SealedOutput.CHUNK_BYTES));
        RowCodec.writeText(this.out, manifest.json());
        this.out.writeInt(files.size());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            RowCodec.writeText(this.out, file.getKey());
            RowCodec.writeBytes(this.out, file.getValue());
        }
    }

    /** What tells the rows of a table to someone, one after the other. */
    interface Rows {
        void forEach(RowTaker taker);
    }

    /** Takes one row after the other. */
    interface RowTaker {
        void take(List<@Nullable Object> row);
    }

    /** Writes a table and returns how many rows it has. */
    long table(StoredTable table, Rows rows) throws IOException {
        out.writeByte(TABLE);
        RowCodec.writeText(out, table.name());
        out.writeInt(table.columns().size());
        for (String column : table.columns()) {
            RowCodec.writeText(out, column);
        }
        RowsDigest digest = new RowsDigest();
        try {
            rows.forEach(row -> write(row, digest));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.writeByte(END);
        out.writeLong(digest.rows());
        out.write(digest.sum());
        return digest.rows();
    }

    private void write(List<@Nullable Object> row, RowsDigest digest) {
        byte[] encoded = RowCodec.encode(row);
        try {
            out.writeByte(ROW);
            out.write(encoded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        digest.add(encoded);
    }

    void end() throws IOException {
        out.writeByte(END);
        out.flush();
    }
}
