package dev.tarn.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder of one server: metadata, local warehouse, scratch space and logs, held by one process at a time. */
public final class Home implements AutoCloseable {
    private final Path folder;
    private final FileChannel lockFile;

    @SuppressWarnings("unused") // held until the process ends
    private final FileLock lock;

    private Home(Path folder, FileChannel lockFile, FileLock lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Opens the folder, making it when it is missing, and empties {@code tmp/}.
     *
     * @throws TarnException when another process holds it; the message names that process
     */
    public static Home open(Path folder) {
        try {
            Path home = folder.toAbsolutePath().normalize();
            if (!Files.exists(home)) {
                // Everybody's rows will be in here, so nobody else on the machine may look.
                Files.createDirectories(
                        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel channel = FileChannel.open(
                    home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = Files.readString(home.resolve("lock")).strip();
                channel.close();
                throw new TarnException(
                        ErrorCode.CONFLICT,
                        "The home folder %s is in use by process %s; stop that server or choose another folder with --home"
                                .formatted(home, holder));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            Home opened = new Home(home, channel, lock);
            deleteTree(opened.tmp());
            Files.createDirectories(opened.tmp());
            Files.createDirectories(opened.logs());
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("The home folder " + folder + " cannot be used", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another server of this very process holds it
        }
    }

    public Path folder() {
        return folder;
    }

    /** Scratch space, empty at every start: uploads under way, workers' spill files. */
    public Path tmp() {
        return folder.resolve("tmp");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    /** The default place of tables. */
    public Path warehouse() {
        return folder.resolve("warehouse");
    }

    /** The default metadata database. */
    public Path database() {
        return folder.resolve("tarn.db");
    }

    /** What the person at this machine needs to call the server; readable by its owner alone. */
    public Path credentials() {
        return folder.resolve("credentials.json");
    }

    /** What opens the secrets in the database; readable by its owner alone. */
    public Path secretKey() {
        return folder.resolve("secret.key");
    }

    /** Writes a file that its owner alone can read, whole or not at all; it is on the disk when this returns. */
    public static void writePrivately(Path file, String text) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                try (FileChannel folder = FileChannel.open(parent, StandardOpenOption.READ)) {
                    folder.force(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** Deletes a folder and all in it; a missing one is fine. */
    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The lock of " + folder + " cannot be released", e);
        }
    }
}
