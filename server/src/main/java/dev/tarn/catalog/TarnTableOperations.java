package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.storage.WriteIntent;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadata.MetadataLogEntry;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/**
 * One table's metadata and its commits. All files that it names begin with the id of a write intent.
 *
 * <p>Bound to an intent, it is good for one attempt of one write: what it has read stays until it commits, and a pointer
 * that moved ends the attempt. Without one it begins a brief intent at the first file and lets Iceberg try again by itself.
 */
final class TarnTableOperations implements TableOperations {
    private final CatalogParts parts;
    private final Caller caller;
    private final TableName name;
    private final @Nullable Bound bound;
    private final Runnable also;
    private final Predicate<String> placed;
    private final Set<String> named = ConcurrentHashMap.newKeySet();
    private @Nullable TableMetadata current;
    private boolean known;
    private @Nullable String committed;
    private Optional<WriteIntent> staged = Optional.empty();
    private OptionalLong committedSnapshot = OptionalLong.empty();
    private @Nullable WriteIntent brief;

    /**
     * A write that this is an attempt of, and what the audit trail says of it.
     *
     * @param facts what the audit trail says of it besides
     * @param onCommit runs in the commit's transaction, with the new snapshot's id
     */
    record Bound(WriteIntent intent, Verb verb, Map<String, Object> facts, LongConsumer onCommit) {}

    TarnTableOperations(CatalogParts parts, Caller caller, TableName name, @Nullable Bound bound) {
        this(parts, caller, name, bound, () -> {}, location -> false);
    }

    /**
     * @param also runs in a commit's transaction
     * @param placed whether the server has chosen a location for a new table here
     */
    TarnTableOperations(
            CatalogParts parts,
            Caller caller,
            TableName name,
            @Nullable Bound bound,
            Runnable also,
            Predicate<String> placed) {
        this.parts = parts;
        this.also = also;
        this.placed = placed;
        this.caller = caller;
        this.name = name;
        this.bound = bound;
    }

    @Override
    public @Nullable TableMetadata current() {
        return known ? current : load();
    }

    @Override
    public @Nullable TableMetadata refresh() {
        return bound != null && known ? current : load();
    }

    private @Nullable TableMetadata load() {
        String location = parts.store()
                .find(caller.tenantId(), name.namespaceText(), name.table())
                .filter(pointer -> pointer.kind() == Pointer.Kind.TABLE)
                .map(Pointer::location)
                .orElse(null);
        if (location == null && current != null) {
            current = null;
            throw new NoSuchTableException("Table does not exist: %s", name.text());
        }
        if (location != null) {
            parts.files().newInputFile(location).getLength(); // what is cached may be lost
        }
        current = location == null ? null : parts.metadata().read(location);
        known = true;
        return current;
    }

    @Override
    public synchronized void commit(@Nullable TableMetadata base, TableMetadata metadata) {
        TableMetadata now = current();
        if (base == null && now != null) {
            throw new AlreadyExistsException("Table already exists: %s", name.identifier());
        }
        if (base != null && (now == null || !now.metadataFileLocation().equals(base.metadataFileLocation()))) {
            throw moved();
        }
        staged = base == null && bound == null
                ? parts.intents().staged(caller.tenantId(), name.text(), metadata.location())
                : Optional.empty();
        new TableLocations(parts, caller, name).check(base, metadata, isGiven(metadata.location()));
        WriteIntent intent = intent(metadata);
        boolean registered = base == null && metadata.metadataFileLocation() != null;
        String location = registered ? metadata.metadataFileLocation() : write(intent, base, metadata);
        try {
            point(intent, base, metadata, location);
        } catch (CommitStateUnknownException e) {
            throw e;
        } catch (RuntimeException e) {
            if (!registered) {
                deleteQuietly(location, e);
            }
            giveUp(intent, e);
            throw e;
        }
        brief = null;
        known = false;
        committed = location;
        if (!registered) {
            parts.metadata().written(location, metadata, base);
        }
        Snapshot snapshot = newest(base, metadata);
        committedSnapshot = snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId());
    }

    /** Whether the server gave that location to this write. */
    private boolean isGiven(String location) {
        WriteIntent begun = bound == null ? brief : bound.intent();
        return (begun != null && begun.location().equals(location)) || staged.isPresent() || placed.test(location);
    }

    /** The table as the last commit here has left it, whatever others have committed since. */
    TableMetadata committed() {
        return parts.metadata().read(Objects.requireNonNull(committed));
    }

    /** What a commit adds, to whichever branch; else where the table stands. */
    private static @Nullable Snapshot newest(@Nullable TableMetadata base, TableMetadata metadata) {
        return added(base, metadata).stream()
                .max(Comparator.comparingLong(Snapshot::sequenceNumber)
                        .thenComparing(snapshot -> snapshot.equals(metadata.currentSnapshot())))
                .orElse(metadata.currentSnapshot());
    }

    private static List<Snapshot> added(@Nullable TableMetadata base, TableMetadata metadata) {
        return metadata.snapshots().stream()
                .filter(snapshot -> base == null || base.snapshot(snapshot.snapshotId()) == null)
                .toList();
    }

    /** The snapshot that the last commit made here, or the table's newest one after it. */
    OptionalLong committedSnapshot() {
        return committedSnapshot;
    }

    private String write(WriteIntent intent, @Nullable TableMetadata base, TableMetadata metadata) {
        String codec =
                metadata.property(TableProperties.METADATA_COMPRESSION, TableProperties.METADATA_COMPRESSION_DEFAULT);
        String extension = TableMetadataParser.getFileExtension(codec);
        String file = "%s-%05d-%016x%s"
                .formatted(
                        intent.filePrefix(),
                        metadata.lastSequenceNumber(),
                        parts.random().nextLong(),
                        extension);
        String location = metadataFileLocation(metadata, file);
        TableMetadataParser.write(metadata, parts.files().newOutputFile(location));
        if (bound != null) {
            removeUnused(base, metadata, location);
        }
        return location;
    }

    private void point(WriteIntent intent, @Nullable TableMetadata base, TableMetadata metadata, String location) {
        PointerCommit commit = new PointerCommit(parts, caller);
        Pointer pointer = new Pointer(name.namespaceText(), name.table(), Pointer.Kind.TABLE, location);
        if (base == null) {
            commit.create(intent, name, pointer, bound != null, entry(Verb.CREATE, base, metadata));
            return;
        }
        Verb verb = bound == null ? Verb.INSERT : bound.verb();
        List<String> useless = uselessAfter(base, metadata);
        if (!commit.move(intent, name, pointer, base.metadataFileLocation(), useless, entry(verb, base, metadata))) {
            throw moved();
        }
    }

    private PointerCommit.Entry entry(Verb verb, @Nullable TableMetadata base, TableMetadata metadata) {
        Map<String, Object> details = new TreeMap<>(bound == null ? Map.of() : bound.facts());
        Snapshot snapshot = newest(base, metadata);
        if (snapshot != null) {
            details.put("snapshot_id", snapshot.snapshotId());
            details.put("operation", snapshot.operation());
        }
        return new PointerCommit.Entry(verb, details, () -> {
            if (base != null && !ColumnMoves.areNone(base.schema(), metadata.schema())) {
                ColumnMoves moves = ColumnMoves.between(base.schema(), metadata.schema());
                parts.access().followColumns(caller, Resource.table(name.text()), moves::followed);
            }
            if (bound != null && snapshot != null) {
                bound.onCommit().accept(snapshot.snapshotId());
            }
            also.run();
            staged.filter(place -> !parts.intents().clear(place)).ifPresent(late -> {
                throw new IntentLostException(late);
            });
        });
    }

    private RuntimeException moved() {
        return bound != null
                ? new PointerMovedException(name.text())
                : new CommitFailedException("Cannot commit: the table %s has changed", name.text());
    }

    /** Metadata files that the table's own log drops with this commit, when the table wants them deleted. */
    private static List<String> uselessAfter(TableMetadata base, TableMetadata metadata) {
        if (!metadata.propertyAsBoolean(
                TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
                TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED_DEFAULT)) {
            return List.of();
        }
        Set<String> kept = new HashSet<>();
        metadata.previousFiles().forEach(entry -> kept.add(entry.file()));
        return base.previousFiles().stream()
                .map(MetadataLogEntry::file)
                .filter(file -> !kept.contains(file))
                .toList();
    }

    /** Before the pointer moves, removes the files of this write that the table would not name afterwards. */
    private void removeUnused(@Nullable TableMetadata base, TableMetadata metadata, String location) {
        Set<String> unused = new HashSet<>(named);
        unused.remove(location);
        if (unused.isEmpty()) {
            return;
        }
        for (Snapshot snapshot : added(base, metadata)) {
            unused.remove(snapshot.manifestListLocation());
            snapshot.allManifests(io()).stream().map(ManifestFile::path).forEach(unused::remove);
        }
        unused.forEach(io()::deleteFile);
        named.removeAll(unused);
    }

    private void deleteQuietly(String location, RuntimeException reason) {
        try {
            io().deleteFile(location);
        } catch (RuntimeException e) {
            // The intent's prefix names the file, so it goes when the intent does.
            reason.addSuppressed(e);
        }
    }

    /** A brief write that Iceberg does not try again is over. */
    private void giveUp(WriteIntent intent, RuntimeException reason) {
        if (bound == null && !(reason instanceof CommitFailedException)) {
            parts.intents().abort(intent);
            brief = null;
        }
    }

    private synchronized WriteIntent intent(TableMetadata metadata) {
        if (bound != null) {
            return bound.intent();
        }
        if (brief == null) {
            brief = parts.intents().beginBrief(caller.tenantId(), name.text(), metadata.location());
        }
        return brief;
    }

    @Override
    public FileIO io() {
        return parts.files();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        TableMetadata now = current();
        if (now == null) {
            throw new NoSuchTableException("Table does not exist: %s", name.text());
        }
        return metadataFileLocation(now, intent(now).filePrefix() + "-" + fileName);
    }

    private String metadataFileLocation(TableMetadata metadata, String file) {
        String folder = metadata.properties().get(TableProperties.WRITE_METADATA_LOCATION);
        String location = (folder == null ? metadata.location() + "/metadata" : folder) + "/" + file;
        named.add(location);
        return location;
    }

    @Override
    public LocationProvider locationProvider() {
        TableMetadata now = current();
        if (now == null) {
            throw new NoSuchTableException("Table does not exist: %s", name.text());
        }
        return LocationProviders.locationsFor(now.location(), now.properties());
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
        return new Uncommitted(uncommitted);
    }

    @Override
    public String toString() {
        return name.text().toLowerCase(Locale.ROOT);
    }

    /** The table as a transaction that has not committed sees it. */
    private final class Uncommitted implements TableOperations {
        private final TableMetadata metadata;

        Uncommitted(TableMetadata metadata) {
            this.metadata = metadata;
        }

        @Override
        public TableMetadata current() {
            return metadata;
        }

        @Override
        public TableMetadata refresh() {
            throw new UnsupportedOperationException("Uncommitted metadata cannot be refreshed");
        }

        @Override
        public void commit(TableMetadata base, TableMetadata updated) {
            throw new UnsupportedOperationException("Uncommitted metadata cannot be committed");
        }

        @Override
        public FileIO io() {
            return parts.files();
        }

        @Override
        public String metadataFileLocation(String fileName) {
            return TarnTableOperations.this.metadataFileLocation(
                    metadata, intent(metadata).filePrefix() + "-" + fileName);
        }

        @Override
        public LocationProvider locationProvider() {
            return LocationProviders.locationsFor(metadata.location(), metadata.properties());
        }
    }
}
