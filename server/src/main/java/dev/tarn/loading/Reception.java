package dev.tarn.loading;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Takes files in as they come, one buffer at a time, and tells a sender that broke off from a disk that is full. */
final class Reception {
    static final int MOST_FILES = 10_000;

    private static final int LONGEST_NAME = 255;
    private static final int BUFFER = 1 << 16;

    private final long limit;
    private final Cancellation cancellation;
    private final LongConsumer received;
    private long bytes;

    /**
     * Nothing has come.
     *
     * @param limit of all files together, in bytes
     * @param received is told of every piece
     */
    Reception(long limit, Cancellation cancellation, LongConsumer received) {
        this.limit = limit;
        this.cancellation = cancellation;
        this.received = received;
    }

    /** What has come; hashes are SHA-256 in hexadecimal digits. */
    record Received(List<Upload.SentFile> files, String hash) {
        long bytes() {
            return files.stream().mapToLong(Upload.SentFile::bytes).sum();
        }
    }

    /** Where a file goes, which knows itself when it is whole. */
    @FunctionalInterface
    interface Target {
        OutputStream create(String file) throws IOException;
    }

    /** Takes all files in; they are called 0, 1 and so on. */
    Received take(SentFiles files, Target target) {
        List<Upload.SentFile> taken = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        for (Optional<SentFiles.SentFile> file = next(files); file.isPresent(); file = next(files)) {
            if (taken.size() == MOST_FILES) {
                throw new TarnException(
                        ErrorCode.PAYLOAD_TOO_LARGE,
                        "These are more than %d files; send them in parts".formatted(MOST_FILES));
            }
            String name = shown(file.get().name());
            MessageDigest digest = sha256();
            long before = bytes;
            copy(file.get().body(), name, digest, target, Integer.toString(taken.size()));
            taken.add(new Upload.SentFile(name, bytes - before));
            hashes.add(HexFormat.of().formatHex(digest.digest()));
        }
        if (taken.isEmpty()) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "There is no file in the request; send one");
        }
        return new Received(taken, hashes.size() == 1 ? hashes.getFirst() : hashOf(hashes));
    }

    private Optional<SentFiles.SentFile> next(SentFiles files) {
        try {
            return files.next();
        } catch (IOException e) {
            throw broken("the files", e);
        }
    }

    private void copy(InputStream body, String name, MessageDigest digest, Target target, String file) {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = new DigestOutputStream(target.create(file), digest)) {
            for (int read = read(body, buffer, name); read >= 0; read = read(body, buffer, name)) {
                bytes += read;
                if (bytes > limit) {
                    throw new TarnException(
                            ErrorCode.PAYLOAD_TOO_LARGE, "The upload is larger than %d bytes".formatted(limit));
                }
                out.write(buffer, 0, read);
                received.accept(read);
            }
        } catch (IOException e) {
            throw new TarnException(
                    ErrorCode.STORAGE_FULL,
                    "There is no room for %s on the server's disk; nothing was loaded".formatted(name),
                    e);
        }
    }

    private int read(InputStream body, byte[] buffer, String name) {
        cancellation.requireWanted();
        try {
            return body.read(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw broken(name, e);
        }
    }

    private TarnException broken(String name, IOException cause) {
        return cancellation.requested()
                ? cancellation.failure()
                : new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "The upload of %s was cut off; nothing was loaded, send it again".formatted(name),
                        cause);
    }

    /** A name is shown and never used as a path; it may hold a folder's name. */
    private static String shown(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", " ").strip();
        if (printable.isEmpty()) {
            return "upload.csv";
        }
        return printable.length() <= LONGEST_NAME
                ? printable
                : printable.substring(printable.length() - LONGEST_NAME); // its end tells the format
    }

    private static String hashOf(List<String> hashes) {
        MessageDigest digest = sha256();
        hashes.forEach(hash -> digest.update(HexFormat.of().parseHex(hash)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
