package dev.tarn.backup;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Home;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link StagedHome} on the local disk. A file beside the folder is locked, so that two restores do not meet. */
final class StagedFolder implements StagedHome {
    private final Path home;
    private final Path parent;
    private final Path stage;
    private final Path lockFile;
    private @Nullable FileChannel channel;
    private boolean published;

    StagedFolder(Path home) {
        this.home = home;
        Path above = home.toAbsolutePath().normalize().getParent();
        if (above == null) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "The home folder cannot be the root of the file system");
        }
        this.parent = above;
        this.stage = parent.resolve("." + home.getFileName() + ".restoring");
        this.lockFile = parent.resolve("." + home.getFileName() + ".restoring.lock");
    }

    @Override
    public void begin() {
        try {
            requireEmpty();
            Files.createDirectories(parent);
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                throw new TarnException(ErrorCode.CONFLICT, "Another restore into %s is under way".formatted(home));
            }
            Home.deleteTree(stage);
            Files.createDirectory(
                    stage, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("The home folder " + home + " cannot be made", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void requireEmpty() throws IOException {
        if (!Files.exists(home)) {
            return;
        }
        if (Files.isDirectory(home)) {
            try (Stream<Path> inside = Files.list(home)) {
                if (inside.findAny().isEmpty()) {
                    return;
                }
            }
        }
        throw new TarnException(
                ErrorCode.CONFLICT,
                "%s is not empty; a backup is restored into a home folder of its own, name a new one with --home"
                        .formatted(home));
    }

    @Override
    public Path database() {
        return stage.resolve("tarn.db");
    }

    @Override
    public void write(Map<String, byte[]> files) {
        files.forEach(
                (name, bytes) -> Home.writePrivately(stage.resolve(name), new String(bytes, StandardCharsets.UTF_8)));
    }

    @Override
    public void publish() {
        try {
            sync(stage);
            Files.move(stage, home, StandardCopyOption.ATOMIC_MOVE);
            published = true;
            sync(parent);
        } catch (FileSystemException e) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "The restored folder cannot become %s (%s); a mount point cannot be replaced, name a folder inside it"
                            .formatted(home, e.getReason()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("The home folder " + home + " cannot be made durable", e);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public void discard() {
        if (!published && channel != null) {
            try {
                Home.deleteTree(stage);
            } catch (IOException e) {
                throw new UncheckedIOException(stage + " cannot be removed", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            FileChannel held = channel;
            if (held != null) {
                Files.deleteIfExists(lockFile);
                held.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(lockFile + " cannot be removed", e);
        }
    }
}
