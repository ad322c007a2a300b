package dev.tarn.storage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Iceberg's way to local files. A file is on the disk, its folder's entry too, before {@code close()} of its stream
 * returns. Nothing outside the warehouse is read or written, whatever a table's metadata says.
 */
public final class TableFiles implements FileIO {
    private static final long serialVersionUID = 1L;

    /** Iceberg keeps the bytes of manifests, which never change, in memory for a FileIO that asks for it. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "io.manifest.cache-enabled", "true",
            "io.manifest.cache.max-total-bytes", "67108864",
            "io.manifest.cache.expiration-interval-ms", "600000");

    private static final Logger LOG = LoggerFactory.getLogger(TableFiles.class);

    /** The folder of a write's own files is called after its intent. */
    private static final Pattern OF_ONE_WRITE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final transient Warehouse warehouse;
    private final transient Disk disk;

    TableFiles(Warehouse warehouse, Disk disk) {
        this.warehouse = warehouse;
        this.disk = disk;
    }

    /** The files of a warehouse on this machine's disks. */
    public static TableFiles local(Warehouse warehouse) {
        return new TableFiles(warehouse, new LocalDisk());
    }

    @Override
    public InputFile newInputFile(String location) {
        return new LocalInputFile(location, warehouse.path(location));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutputFile(location, warehouse.path(location), disk);
    }

    @Override
    public void deleteFile(String location) {
        try {
            disk.delete(warehouse.path(location));
        } catch (IOException e) {
            throw StorageFailures.of("Failed to delete file: " + location, e);
        }
    }

    /**
     * Deletes a file that is strictly inside a table's location, and the folder of one write that is left empty by that. Any other
     * stays, wherever its metadata says that it is: in a folder that was granted, say, or behind a link.
     *
     * @return whether it could be the table's
     */
    boolean deleteOwn(String tableLocation, String file) {
        if (!warehouse.isInside(tableLocation, file)) {
            LOG.warn("A file that a table at {} has no more is not inside of it, and stays", tableLocation);
            return false;
        }
        Path path = warehouse.path(file);
        Path folder = Objects.requireNonNull(path.getParent());
        try {
            disk.delete(path);
            if (OF_ONE_WRITE.matcher(folder.getFileName().toString()).matches()) {
                disk.delete(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            return true;
        } catch (IOException e) {
            throw StorageFailures.of("Failed to delete file: " + file, e);
        }
        return true;
    }

    @Override
    public Map<String, String> properties() {
        return PROPERTIES;
    }

    /**
     * Returns when a file is where a table's own may be.
     *
     * @throws dev.tarn.platform.TarnException {@code INVALID_REQUEST}
     */
    public void requireOwn(String tableLocation, String file) {
        if (!warehouse.reaches(tableLocation, file)) {
            throw Warehouse.notItsOwn();
        }
    }

    /** What a folder holds. */
    public record Entry(String name, boolean folder) {}

    /**
     * Whether a folder that the operator granted is there.
     *
     * @throws dev.tarn.platform.TarnException {@code INVALID_REQUEST} when it is not granted
     */
    public boolean isGrantedFolder(UUID tenantId, String folder) {
        return Files.isDirectory(warehouse.grantedFolder(tenantId, folder));
    }

    /**
     * What is in a folder that the operator granted, by name. Links are left out: they could lead anywhere.
     *
     * @throws dev.tarn.platform.TarnException {@code INVALID_REQUEST} when it is not granted
     */
    public List<Entry> listGranted(UUID tenantId, String folder) {
        try {
            return disk.list(warehouse.grantedFolder(tenantId, folder), "").stream()
                    .filter(path -> !Files.isSymbolicLink(path))
                    .map(path -> new Entry(path.getFileName().toString(), Files.isDirectory(path)))
                    .sorted(Comparator.comparing(Entry::name))
                    .toList();
        } catch (IOException e) {
            throw StorageFailures.of("Failed to list folder: " + folder, e);
        }
    }

    /**
     * A file of a folder.
     *
     * @param location where it is
     * @param path the same below the folder
     */
    public record StoredFile(String location, String path, long bytes, Instant modifiedAt) {}

    /**
     * Tells of all files below a folder, one after the other, in no order. Links are left out: they could lead anywhere.
     *
     * @param enters whether a folder of that name is looked into
     */
    public void walk(String location, Predicate<String> enters, Consumer<StoredFile> each) {
        Path folder = warehouse.path(location);
        try {
            Files.walkFileTree(folder, new LivingFolderVisitor() {
                @Override
                public FileVisitResult preVisitDirectory(Path entry, BasicFileAttributes attributes) {
                    return entry.equals(folder)
                                    || enters.test(entry.getFileName().toString())
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        each.accept(new StoredFile(
                                Warehouse.location(file),
                                folder.relativize(file).toString(),
                                attributes.size(),
                                attributes.lastModifiedTime().toInstant()));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw StorageFailures.of("Failed to list folder: " + location, e);
        }
    }

    /** Makes a folder, durably. */
    public Path createFolder(String location) {
        Path folder = warehouse.path(location);
        try {
            disk.createFolders(folder);
        } catch (IOException e) {
            throw StorageFailures.of("Failed to create folder: " + location, e);
        }
        return folder;
    }

    /** Makes files that another process wrote, and their folders' entries, durable. */
    public void sync(Collection<Path> files) {
        Set<Path> folders = new LinkedHashSet<>();
        try {
            for (Path file : files) {
                disk.sync(file);
                folders.add(file.toAbsolutePath().getParent());
            }
            for (Path folder : folders) {
                disk.sync(folder);
            }
        } catch (IOException e) {
            throw StorageFailures.of("Failed to sync files of a table", e);
        }
    }

    /** Deletes what is in a folder under names that begin with a prefix: files, and folders with all in them. */
    public void deleteByPrefix(String folder, String prefix) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("An empty prefix would delete every file of " + folder);
        }
        try {
            for (Path file : disk.list(warehouse.path(folder), prefix)) {
                disk.deleteTree(file);
            }
        } catch (IOException e) {
            throw StorageFailures.of("Failed to delete files of " + folder, e);
        }
    }

    /** Deletes a file, or a folder and all in it. */
    public void deleteTree(String location) {
        try {
            disk.deleteTree(warehouse.path(location));
        } catch (IOException e) {
            throw StorageFailures.of("Failed to delete " + location, e);
        }
    }
}
