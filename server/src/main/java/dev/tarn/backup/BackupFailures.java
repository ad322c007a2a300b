package dev.tarn.backup;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Why a file is not restored, each in its own words. */
final class BackupFailures {
    private static final String REASON = "reason";

    private BackupFailures() {}

    static TarnException noBackup() {
        return new TarnException(
                        ErrorCode.BAD_FILE,
                        "The file is no backup of Tarn: it does not begin as one; give another file")
                .with(REASON, "no_backup");
    }

    static TarnException cut(long expected, long found) {
        return new TarnException(
                        ErrorCode.BAD_FILE,
                        "The backup is cut off: of %,d bytes there are %,d; copy it again from where it was made"
                                .formatted(expected, found))
                .with(REASON, "cut");
    }

    static TarnException altered() {
        return new TarnException(
                        ErrorCode.BAD_FILE,
                        "The backup was altered after it was made; nothing of it can be trusted, take another copy")
                .with(REASON, "altered");
    }

    static TarnException wrongPassphrase() {
        return new TarnException(ErrorCode.UNAUTHENTICATED, "The passphrase does not open this backup; try another one")
                .with(REASON, "wrong_passphrase");
    }

    static RuntimeException notWritten(Path file, IOException failure) {
        String reason = failure.getMessage();
        return reason != null && reason.contains("No space left")
                ? new TarnException(
                        ErrorCode.STORAGE_FULL,
                        "There is no room for %s; free some, or name another disk".formatted(file),
                        failure)
                : new UncheckedIOException(file + " cannot be written", failure);
    }

    static UncheckedIOException notRead(Path file, IOException failure) {
        return new UncheckedIOException(file + " cannot be read", failure);
    }

    static TarnException newerFormat(int version) {
        return new TarnException(
                        ErrorCode.CONFLICT,
                        "The backup has format %d, which this Tarn does not know; restore it with a newer one"
                                .formatted(version))
                .with(REASON, "newer");
    }
}
