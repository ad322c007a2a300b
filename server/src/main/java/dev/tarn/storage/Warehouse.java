package dev.tarn.storage;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of all tables. A location is {@code file:} and the absolute path as it is: one slash, nothing encoded. That is
 * the form that Hadoop's file systems make of every local path, so manifests that Spark writes and ours name a file alike;
 * PyIceberg, Trino and DuckDB read it too. None of them decodes a path, so folders that we make hold only letters, digits,
 * dots, dashes and underscores, whatever the table is called; the id makes them unique.
 */
public final class Warehouse {
    private static final String SCHEME = "file:";
    private static final Pattern UNIQUE = Pattern.compile(".+-[0-9a-f]{32}");
    private static final String BLOBS = "_files";
    private static final int FOLDER_NAME_LIMIT = 60;

    private final Path root;
    private final List<Path> granted;
    private final Path closed;
    private final Ids ids;

    public Warehouse(Path root, Ids ids) {
        this(root, List.of(), root, ids);
    }

    /**
     * A warehouse, and other folders that tables may be in.
     *
     * @param granted the other folders
     * @param closed a folder that is none of them, wherever it is: the server's own home
     */
    public Warehouse(Path root, List<Path> granted, Path closed, Ids ids) {
        this.root = absolute(root);
        this.granted = granted.stream().map(Warehouse::absolute).toList();
        this.closed = absolute(closed);
        this.ids = ids;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    /** The folders that tables are in: the warehouse's, and those that were granted beside it. */
    List<Path> folders() {
        return Stream.concat(Stream.of(root), granted.stream()).toList();
    }

    /** The location below which all tables of a tenant live. */
    public String tenantLocation(UUID tenantId) {
        return location(root.resolve(tenantId.toString()));
    }

    /** The location in which the tables of a namespace get theirs. */
    public String namespaceLocation(UUID tenantId, List<String> namespace) {
        return location(namespaceFolder(tenantId, namespace));
    }

    private Path namespaceFolder(UUID tenantId, List<String> namespace) {
        Path folder = root.resolve(tenantId.toString());
        for (String level : namespace) {
            folder = folder.resolve(folderName(level));
        }
        return folder;
    }

    /** A location that no table has had. */
    public String newTableLocation(UUID tenantId, List<String> namespace, String table) {
        return location(namespaceFolder(tenantId, namespace).resolve(folderName(table) + "-" + ids.next()));
    }

    /**
     * Whether somebody else has chosen a location as the server does, as Trino will: a folder of the namespace's that is not there yet,
     * with a name that nothing else gets.
     */
    public boolean isNewTableLocation(UUID tenantId, List<String> namespace, String location) {
        Path folder = path(location);
        return namespaceFolder(tenantId, namespace).equals(folder.getParent())
                && UNIQUE.matcher(folder.getFileName().toString()).matches()
                && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /** The location of a folder of the platform's own files, beside the tables of all tenants. */
    String blobLocation(UUID tenantId, String name) {
        return location(root.resolve(BLOBS).resolve(tenantId.toString()).resolve(name));
    }

    /** The location of a local file or folder. */
    public static String location(Path path) {
        return SCHEME + path.toAbsolutePath().normalize();
    }

    /**
     * The file or folder of a location: {@code file:/a}, {@code file:///a} or a plain absolute path.
     *
     * @throws TarnException {@code INVALID_REQUEST} when it is neither inside the warehouse nor in a granted folder
     */
    public Path path(String location) {
        String path = location.startsWith(SCHEME) ? location.substring(SCHEME.length()) : location;
        if (path.startsWith("/") && path.indexOf('\0') < 0) {
            Path file = Path.of("/" + path.replaceFirst("^/+", "")).normalize();
            if (isWithin(root, file) || isGranted(file)) {
                return file;
            }
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST, "A table's files must be inside the warehouse; choose another location");
    }

    private static boolean isWithin(Path folder, Path file) {
        return file.startsWith(folder) && !file.equals(folder);
    }

    private boolean isGranted(Path file) {
        return !file.startsWith(root)
                && !file.startsWith(closed)
                && granted.stream().anyMatch(folder -> isWithin(folder, file));
    }

    /** Whether a location is in a folder that was granted beside the warehouse; its files are not the server's to delete. */
    public boolean isGranted(String location) {
        return isGranted(path(location));
    }

    /**
     * A folder that the operator granted, or one inside of it.
     *
     * @throws TarnException {@code INVALID_REQUEST} when it is none
     */
    public Path grantedFolder(UUID tenantId, String location) {
        String text = location.startsWith(SCHEME) ? location.substring(SCHEME.length()) : location;
        if (text.startsWith("/") && text.indexOf('\0') < 0) {
            Path folder = Path.of("/" + text.replaceFirst("^/+", "")).normalize();
            if (isGranted(folder.resolve("any")) && belongsTo(tenantId, SCHEME + folder.resolve("any"))) {
                return folder;
            }
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST,
                "%s is no folder that was granted; the operator grants folders with the setting tarn.storage.roots"
                        .formatted(location));
    }

    /** Whether a location is inside the warehouse, and what is there the server's to delete. */
    public boolean holds(String location) {
        try {
            return path(location).startsWith(root);
        } catch (TarnException e) {
            return false; // in a folder that is granted no more
        }
    }

    /** Whether a file is where a table's own may be: below the table's location, or in a granted folder. */
    public boolean reaches(String tableLocation, String file) {
        Path path = path(file);
        return isWithin(path(tableLocation), path) || isGranted(path);
    }

    /** Whether a file is below a table's location, also where links lead on the disk; a table's files elsewhere are not its alone. */
    boolean isInside(String tableLocation, String file) {
        try {
            Path folder = path(tableLocation);
            Path path = path(file);
            Path parent = path.getParent();
            return isWithin(folder, path)
                    && parent != null
                    && (!Files.isDirectory(parent) || parent.toRealPath().startsWith(folder.toRealPath()));
        } catch (IOException e) {
            throw StorageFailures.of("Failed to look at file: " + file, e);
        } catch (TarnException e) {
            return false; // neither in the warehouse nor in a granted folder
        }
    }

    /**
     * A file of a table.
     *
     * @throws TarnException {@code INVALID_REQUEST} when it is not where the table's own may be
     */
    public Path fileOf(String tableLocation, String file) {
        if (!reaches(tableLocation, file)) {
            throw notItsOwn();
        }
        return path(file);
    }

    static TarnException notItsOwn() {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "A table names a file that is not its own; the table must be made anew from what is its own");
    }

    /** A location as people are told it: the part below the warehouse's folder, which is the server's own business. */
    public String told(String location) {
        if (!location.startsWith(SCHEME) && !location.startsWith("/")) {
            return location;
        }
        Path path = path(location);
        return isGranted(path) ? path.toString() : root.relativize(path).toString();
    }

    /** Whether a location is inside what the tenant may use. */
    public boolean belongsTo(UUID tenantId, String location) {
        Path path = path(location);
        return isWithin(root.resolve(tenantId.toString()), path) || isGranted(path);
    }

    private static String folderName(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9_-]+", "_");
        return safe.length() <= FOLDER_NAME_LIMIT ? safe : safe.substring(0, FOLDER_NAME_LIMIT);
    }
}
