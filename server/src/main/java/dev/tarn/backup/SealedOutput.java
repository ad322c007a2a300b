package dev.tarn.backup;

import dev.tarn.backup.SealedHeader.SealingKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Writes a backup file: chunks of 64 KiB, each under AES-256-GCM with its number as nonce. A key serves one file, so no
 * nonce is used twice. The header is written last, because only then the length is known.
 */
final class SealedOutput extends OutputStream {
    static final int CHUNK_BYTES = 1 << 16;
    static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private final FileChannel file;
    private final SealedHeader unfinished;
    private final SealingKeys keys;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    private long chunks;

    private SealedOutput(FileChannel file, SealedHeader unfinished, SealingKeys keys) {
        this.file = file;
        this.unfinished = unfinished;
        this.keys = keys;
    }

    /** Makes the file, which must not be there, for its owner's eyes alone. */
    static SealedOutput create(Path path, Passphrase passphrase, RandomGenerator random) throws IOException {
        FileChannel file = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        byte[] salt = new byte[SealedHeader.SALT_BYTES];
        random.nextBytes(salt);
        SealedHeader header = new SealedHeader(Passphrase.Cost.TODAY, salt, 0);
        file.position(SealedHeader.BYTES);
        return new SealedOutput(file, header, header.keys(passphrase));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        while (from < offset + length) {
            if (!chunk.hasRemaining()) {
                writeChunk();
            }
            int count = Math.min(chunk.remaining(), offset + length - from);
            chunk.put(bytes, from, count);
            from += count;
        }
    }

    private void writeChunk() throws IOException {
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys, chunks++, unfinished.fixed());
            writeAll(cipher.doFinal(chunk.array(), 0, chunk.position()));
            chunk.clear();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM", e);
        }
    }

    static Cipher cipher(int mode, SealingKeys keys, long number, byte[] bound) throws GeneralSecurityException {
        byte[] nonce =
                ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(number).array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.content(), new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    private void writeAll(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    /** Writes what is left and the header; all of it is on the disk when this returns. */
    long finish() throws IOException {
        writeChunk();
        long length = file.position();
        file.position(0);
        writeAll(unfinished.withLength(length).sealed(keys));
        file.force(true);
        return length;
    }

    /** Without {@link #finish} the file stays without a header and can never be taken for a backup. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
