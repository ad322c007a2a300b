package dev.tarn.backup;

import dev.tarn.backup.SealedHeader.SealingKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/** Reads a backup file. No byte of a chunk is given out before the whole chunk has proved to be what was written. */
final class SealedInput extends InputStream {
    private final InputStream file;
    private final SealedHeader header;
    private final SealingKeys keys;
    private long remaining;
    private long chunks;
    private byte[] chunk = {};
    private int position;

    private SealedInput(InputStream file, SealedHeader header, SealingKeys keys) {
        this.file = file;
        this.header = header;
        this.keys = keys;
        this.remaining = header.length() - SealedHeader.BYTES;
    }

    /** Opens a file when the passphrase is the right one and nothing of the file is missing. */
    static SealedInput open(Path path, Passphrase passphrase) throws IOException {
        long size = Files.size(path);
        InputStream file = Files.newInputStream(path);
        try {
            byte[] head = file.readNBytes(SealedHeader.BYTES);
            int compared = Math.min(head.length, SealedHeader.MARK.length);
            if (compared == 0 || !Arrays.equals(head, 0, compared, SealedHeader.MARK, 0, compared)) {
                throw BackupFailures.noBackup();
            }
            if (head.length < SealedHeader.BYTES) {
                throw BackupFailures.cut(SealedHeader.BYTES, head.length);
            }
            SealedHeader header = SealedHeader.read(head);
            if (size < header.length()) {
                throw BackupFailures.cut(header.length(), size);
            }
            if (size > header.length() || header.length() < SealedHeader.BYTES + SealedOutput.TAG_BYTES) {
                throw BackupFailures.altered();
            }
            SealingKeys keys = header.keys(passphrase);
            if (!header.madeWith(keys, head)) {
                throw BackupFailures.wrongPassphrase();
            }
            return new SealedInput(file, header, keys);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == chunk.length) {
            if (remaining == 0) {
                return -1;
            }
            readChunk();
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    private void readChunk() throws IOException {
        int length = (int) Math.min(remaining, SealedOutput.CHUNK_BYTES + SealedOutput.TAG_BYTES);
        byte[] sealed = file.readNBytes(length);
        if (sealed.length < length) {
            throw BackupFailures.cut(header.length(), header.length() - remaining + sealed.length);
        }
        try {
            Cipher cipher = SealedOutput.cipher(Cipher.DECRYPT_MODE, keys, chunks++, header.fixed());
            chunk = cipher.doFinal(sealed);
            position = 0;
            remaining -= length;
        } catch (AEADBadTagException e) {
            throw BackupFailures.altered();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
