package dev.tarn.backup;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what {@link DumpWriter} wrote, and checks every table's count and digest. */
final class DumpReader {
    /** Any other name in a backup could only be meant to reach outside the home folder. */
    static final Set<String> FILES = Set.of("secret.key", "credentials.json", "tarn.yaml");

    private static final int SUM_BYTES = 32;
    private static final int MOST_COLUMNS = 1_000;

    private final DataInputStream in;
    private final Manifest manifest;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    DumpReader(InputStream in) throws IOException {
        this.in = new DataInputStream(new BufferedInputStream(in, SealedOutput.CHUNK_BYTES));
        this.manifest = Manifest.read(RowCodec.readText(this.in));
        int count = this.in.readInt();
        for (int i = 0; i < count; i++) {
            String name = RowCodec.readText(this.in);
            if (!FILES.contains(name)) {
                throw BackupFailures.altered();
            }
            files.put(name, RowCodec.readBytes(this.in));
        }
    }

    Manifest manifest() {
        return manifest;
    }

    Map<String, byte[]> files() {
        return files;
    }

    /** Is told each table and then its rows. */
    interface TableTaker {
        DumpWriter.RowTaker begin(StoredTable table);

        /** After the table's last row, with what the backup says of all of them. */
        void end(StoredTable table, long rows, byte[] sum);
    }

    void tables(TableTaker taker) throws IOException {
        try {
            int next = in.readUnsignedByte();
            while (next == DumpWriter.TABLE) {
                table(taker);
                next = in.readUnsignedByte();
            }
            if (next != DumpWriter.END || in.read() >= 0) {
                throw BackupFailures.altered();
            }
        } catch (EOFException e) {
            throw BackupFailures.altered();
        }
    }

    private void table(TableTaker taker) throws IOException {
        String name = RowCodec.readText(in);
        int count = in.readInt();
        if (count < 1 || count > MOST_COLUMNS) {
            throw BackupFailures.altered();
        }
        List<String> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(RowCodec.readText(in));
        }
        StoredTable table = new StoredTable(name, columns);
        DumpWriter.RowTaker rows = taker.begin(table);
        RowsDigest digest = new RowsDigest();
        while (in.readUnsignedByte() == DumpWriter.ROW) {
            var row = RowCodec.decode(in, count);
            digest.add(row);
            rows.take(row);
        }
        long written = in.readLong();
        byte[] sum = in.readNBytes(SUM_BYTES);
        if (!digest.sameAs(written, sum)) {
            throw BackupFailures.altered();
        }
        taker.end(table, written, sum);
    }
}
