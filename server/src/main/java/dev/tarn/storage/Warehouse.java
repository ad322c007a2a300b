package dev.tarn.storage;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * The folder of all tables. A location is {@code file:} and the absolute path as it is: one slash, nothing encoded. That is
 * the form that Hadoop's file systems make of every local path, so manifests that Spark writes and ours name a file alike;
 * PyIceberg, Trino and DuckDB read it too. None of them decodes a path, so folders that we make hold only letters, digits,
 * dots, dashes and underscores, whatever the table is called; the id makes them unique.
 */
public final class Warehouse {
    private static final String SCHEME = "file:";
    private static final String BLOBS = "_files";
    private static final int FOLDER_NAME_LIMIT = 60;

    private final Path root;
    private final Ids ids;

    public Warehouse(Path root, Ids ids) {
        this.root = root.toAbsolutePath().normalize();
        this.ids = ids;
    }

    public Path root() {
        return root;
    }

    /** The location below which all tables of a tenant live. */
    public String tenantLocation(UUID tenantId) {
        return location(root.resolve(tenantId.toString()));
    }

    /** A location that no table has had. */
    public String newTableLocation(UUID tenantId, List<String> namespace, String table) {
        Path folder = root.resolve(tenantId.toString());
        for (String level : namespace) {
            folder = folder.resolve(folderName(level));
        }
        return location(folder.resolve(folderName(table) + "-" + ids.next()));
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
     * @throws TarnException {@code INVALID_REQUEST} when it is not inside the warehouse
     */
    public Path path(String location) {
        String path = location.startsWith(SCHEME) ? location.substring(SCHEME.length()) : location;
        String single = "/" + path.replaceFirst("^/+", "");
        Path file = Path.of(single).normalize();
        if (!path.startsWith("/") || !file.startsWith(root) || file.equals(root)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "A table's files must be inside the warehouse; choose another location");
        }
        return file;
    }

    /** A location as people are told it: the part below the warehouse's folder, which is the server's own business. */
    public String told(String location) {
        return location.startsWith(SCHEME) || location.startsWith("/")
                ? root.relativize(path(location)).toString()
                : location;
    }

    /** Whether a location is inside what the tenant may use. */
    public boolean belongsTo(UUID tenantId, String location) {
        Path own = root.resolve(tenantId.toString());
        Path path = path(location);
        return path.startsWith(own) && !path.equals(own);
    }

    private static String folderName(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9_-]+", "_");
        return safe.length() <= FOLDER_NAME_LIMIT ? safe : safe.substring(0, FOLDER_NAME_LIMIT);
    }
}
