package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionStatisticsFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewProperties;
import org.jspecify.annotations.Nullable;

/**
 * Where the files that a table's metadata names may be: below the table's own location, or in a folder that the operator
 * granted. A new table's location is one that the server has given, one like it, or a free place in a granted folder: never that of another
 * table, whose files it would read, or delete when it goes.
 */
final class TableLocations {
    /** Properties that name a folder. */
    private static final List<String> FOLDERS = List.of(
            TableProperties.WRITE_METADATA_LOCATION,
            TableProperties.WRITE_DATA_LOCATION,
            "write.object-storage.path",
            "write.folder-storage.path");

    private static final List<String> SCHEMES = List.of("file:", "file://", "");

    private final CatalogParts parts;
    private final Caller caller;
    private final TableName name;

    TableLocations(CatalogParts parts, Caller caller, TableName name) {
        this.parts = parts;
        this.caller = caller;
        this.name = name;
    }

    /**
     * Returns when all is where it may be.
     *
     * @param base the table as it was; none for a new one
     * @param given whether the server has given its location to this write; else it was asked for
     * @throws TarnException {@code INVALID_REQUEST}
     */
    void check(@Nullable TableMetadata base, TableMetadata metadata, boolean given) {
        String location = metadata.location();
        boolean moved = base == null || !base.location().equals(location);
        if (!parts.warehouse().belongsTo(caller.tenantId(), location)) {
            throw refused("its files");
        }
        if (moved && !given) {
            checkFree(location, base != null ? Becoming.MOVED : kind(metadata));
        }
        checkProperties(base, metadata);
        Set<String> files = newFiles(base, metadata);
        if (moved && metadata.currentSnapshot() != null) {
            // Older ones stay where they are, and are read no more; what is current must be readable.
            files.add(manifestList(metadata.currentSnapshot()));
        }
        for (String file : files) {
            if (!parts.warehouse().reaches(location, file)) {
                throw refused("all files that its metadata names");
            }
        }
    }

    /** What a location is wanted for. */
    private enum Becoming {
        /** A new table's. */
        MADE,
        /** That of a table whose metadata file is there already. */
        REGISTERED,
        /** The next one of a table that has another. */
        MOVED
    }

    private static Becoming kind(TableMetadata metadata) {
        return metadata.metadataFileLocation() == null ? Becoming.MADE : Becoming.REGISTERED;
    }

    private void checkProperties(@Nullable TableMetadata base, TableMetadata metadata) {
        Map<String, String> before = base == null ? Map.of() : base.properties();
        for (String property : FOLDERS) {
            String folder = metadata.properties().get(property);
            if (folder != null
                    && !folder.equals(before.get(property))
                    && !parts.warehouse().reaches(metadata.location(), folder)) {
                throw refused("the folder of " + property);
            }
        }
        metadata.properties().keySet().stream()
                .filter(property -> !before.containsKey(property))
                .filter(property -> !FOLDERS.contains(property) && !PropertyRules.isOurs(property))
                .filter(property -> !PropertyRules.isAllowed(property))
                .findFirst()
                .ifPresent(PropertyRules::checkName);
    }

    /** What a table names that it did not name before; of thousands of snapshots, few are new. */
    private static Set<String> newFiles(@Nullable TableMetadata base, TableMetadata metadata) {
        Set<String> files = new TreeSet<>(filesBesides(metadata));
        if (base != null) {
            files.removeAll(filesBesides(base));
        }
        metadata.snapshots().stream()
                .filter(snapshot -> base == null || !isIn(base, snapshot))
                .map(TableLocations::manifestList)
                .forEach(files::add);
        return files;
    }

    private static boolean isIn(TableMetadata base, Snapshot snapshot) {
        Snapshot before = base.snapshot(snapshot.snapshotId());
        return before != null && manifestList(before).equals(manifestList(snapshot));
    }

    /** All files that are named besides those of snapshots. */
    private static Set<String> filesBesides(TableMetadata metadata) {
        return Stream.of(
                        metadata.previousFiles().stream().map(TableMetadata.MetadataLogEntry::file),
                        metadata.statisticsFiles().stream().map(StatisticsFile::path),
                        metadata.partitionStatisticsFiles().stream().map(PartitionStatisticsFile::path),
                        Stream.ofNullable(metadata.metadataFileLocation()))
                .flatMap(files -> files)
                .collect(Collectors.toSet());
    }

    /** Of the first format, a snapshot may name its manifests itself, and none of ours does. */
    private static String manifestList(Snapshot snapshot) {
        return Objects.requireNonNullElse(snapshot.manifestListLocation(), "");
    }

    /**
     * Returns when a view is where it may be.
     *
     * @throws TarnException {@code INVALID_REQUEST}
     */
    void checkView(@Nullable ViewMetadata base, ViewMetadata view, boolean given) {
        String location = view.location();
        String folder = view.properties().get(ViewProperties.WRITE_METADATA_LOCATION);
        if (!parts.warehouse().belongsTo(caller.tenantId(), location)
                || (folder != null && !parts.warehouse().reaches(location, folder))) {
            throw refused("its files");
        }
        if (!given && (base == null || !location.equals(base.location()))) {
            boolean registered = base == null && view.metadataFileLocation() != null;
            checkFree(location, registered ? Becoming.REGISTERED : Becoming.MADE);
        }
    }

    private void checkFree(String location, Becoming becoming) {
        Path folder = parts.warehouse().path(location);
        boolean plain = SCHEMES.stream().anyMatch(scheme -> location.equals(scheme + folder));
        boolean granted = parts.warehouse().isGranted(location);
        boolean possible = granted
                || switch (becoming) {
                    case MADE -> parts.warehouse().isNewTableLocation(caller.tenantId(), name.namespace(), location);
                    case MOVED -> false;
                    case REGISTERED -> isLeft(location);
                };
        if (plain && possible && parts.store().isAnyAt(metadataFolders(folder)) && becoming == Becoming.REGISTERED) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s cannot be registered: another table here has its files in the same folder, inside or around it"
                            .formatted(name.text()));
        }
        if (!plain || !possible || parts.store().isAnyAt(metadataFolders(folder))) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s cannot be at the location that was asked for; leave it out, or choose a folder of its own in a folder that was granted"
                            .formatted(name.text()));
        }
    }

    private boolean isLeft(String location) {
        return dropped(parts, caller, location).isPresent()
                || parts.intents()
                        .staged(caller.tenantId(), name.text(), location)
                        .isPresent();
    }

    /** The table of the caller's tenant that was dropped and whose files are there. */
    static Optional<DroppedTable> dropped(CatalogParts parts, Caller caller, String location) {
        return parts.dropped().list(caller.tenantId(), Integer.MAX_VALUE).stream()
                .filter(table -> table.location().equals(location))
                .findFirst();
    }

    /** How the locations of all that is in a folder may begin. */
    static List<String> inside(Path folder) {
        return SCHEMES.stream().map(scheme -> scheme + folder + "/").toList();
    }

    /** Where the metadata files of a table that is there, inside or around are, as their locations may begin. */
    private static List<String> metadataFolders(Path folder) {
        List<String> folders = new ArrayList<>();
        for (String scheme : SCHEMES) {
            folders.add(scheme + folder + "/");
            for (Path around = folder.getParent(); around != null; around = around.getParent()) {
                folders.add(scheme + around + (around.getNameCount() == 0 ? "" : "/") + "metadata/");
            }
        }
        return folders;
    }

    private TarnException refused(String what) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The table %s must have %s inside the tenant's warehouse, and below its own location; choose another"
                        .formatted(name.text(), what));
    }
}
