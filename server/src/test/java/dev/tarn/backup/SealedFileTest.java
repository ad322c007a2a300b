package dev.tarn.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The encrypted file alone: what it gives back, and how each damage is told from the others. */
class SealedFileTest {
    private static final Passphrase PASSPHRASE = new Passphrase("correct horse");
    private static final int CONTENT = 150_000; // two whole chunks and a piece

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private final byte[] content = new byte[CONTENT];
    private byte[] sealed = {};

    @BeforeEach
    void write() throws IOException {
        new Random(7).nextBytes(content);
        file = folder.resolve("a.backup");
        sealed = seal(file, content);
    }

    private static byte[] seal(Path file, byte[] content) throws IOException {
        try (SealedOutput out = SealedOutput.create(file, PASSPHRASE, new Random(1))) {
            out.write(content, 0, 10);
            out.write(content, 10, content.length - 10);
            assertThat(out.finish()).isEqualTo(Files.size(file));
        }
        return Files.readAllBytes(file);
    }

    private byte[] read(Passphrase passphrase) throws IOException {
        try (SealedInput in = SealedInput.open(file, passphrase)) {
            return in.readAllBytes();
        }
    }

    private void refused(byte[] bytes, String reason) throws IOException {
        Files.write(file, bytes);
        assertThatThrownBy(() -> read(PASSPHRASE))
                .isInstanceOfSatisfying(
                        TarnException.class,
                        e -> assertThat(e.details()).as(e.message()).containsEntry("reason", reason));
    }

    @Test
    void givesBackWhatWasWrittenToItsOwnerAlone() throws IOException {
        assertThat(read(PASSPHRASE)).isEqualTo(content);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .startsWith("TARNBKUP");
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 65_536, 65_537, 131_072})
    void anyLengthComesBack(int length) throws IOException {
        file = folder.resolve("b.backup");
        byte[] part = Arrays.copyOf(content, length);
        seal(file, part);
        assertThat(read(PASSPHRASE)).isEqualTo(part);
    }

    @Test
    void aPassphraseInAnotherUnicodeFormIsTheSame() throws IOException {
        file = folder.resolve("c.backup");
        try (SealedOutput out = SealedOutput.create(file, new Passphrase("caf\u00e9 au lait"), new Random(1))) {
            out.finish();
        }
        assertThat(read(new Passphrase("cafe\u0301 au lait"))).isEmpty();
    }

    @Test
    void aWrongPassphraseIsSaidToBeOne() {
        assertThatThrownBy(() -> read(new Passphrase("wrong horse"))).isInstanceOfSatisfying(TarnException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(e.details()).containsEntry("reason", "wrong_passphrase");
        });
        assertThatThrownBy(() -> new Passphrase("short")).isInstanceOf(TarnException.class);
    }

    @Test
    void everyCutIsSaidToBeOne() throws IOException {
        for (int length :
                new int[] {1, 7, 8, 50, SealedHeader.BYTES, SealedHeader.BYTES + 1, 70_000, sealed.length - 1}) {
            refused(Arrays.copyOf(sealed, length), "cut");
        }
    }

    @Test
    void everyChangedByteIsFound() throws IOException {
        Random random = new Random(3);
        for (int i = SealedHeader.MARK.length; i < SealedHeader.BYTES; i += 5) {
            byte[] changed = sealed.clone();
            changed[i] ^= (byte) (1 << random.nextInt(8));
            // The last part of the header is the hash under the passphrase: changed, it looks like another passphrase.
            refused(changed, i < SealedHeader.BYTES - 32 ? "altered" : "wrong_passphrase");
        }
        for (int round = 0; round < 40; round++) {
            byte[] changed = sealed.clone();
            changed[SealedHeader.BYTES + random.nextInt(sealed.length - SealedHeader.BYTES)] ^= 1;
            refused(changed, "altered");
        }
    }

    @Test
    void exchangedChunksAndMoreAtTheEndAreFound() throws IOException {
        byte[] exchanged = sealed.clone();
        int chunk = SealedOutput.CHUNK_BYTES + SealedOutput.TAG_BYTES;
        System.arraycopy(sealed, SealedHeader.BYTES, exchanged, SealedHeader.BYTES + chunk, chunk);
        System.arraycopy(sealed, SealedHeader.BYTES + chunk, exchanged, SealedHeader.BYTES, chunk);
        refused(exchanged, "altered");
        refused(Arrays.copyOf(sealed, sealed.length + 1), "altered");
    }

    @Test
    void otherFilesAreNoBackups() throws IOException {
        refused(new byte[0], "no_backup");
        refused("id,name\n1,a\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "no_backup");
        byte[] unfinished = sealed.clone();
        Arrays.fill(unfinished, 0, SealedHeader.BYTES, (byte) 0);
        refused(unfinished, "no_backup");
    }
}
