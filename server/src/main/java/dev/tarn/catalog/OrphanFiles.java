package dev.tarn.catalog;

import dev.tarn.access.Audit.Outcome;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.DoomedFile;
import dev.tarn.storage.TableFiles.StoredFile;
import dev.tarn.storage.WriteIntent;
import dev.tarn.storage.WriteIntents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NotFoundException;

/**
 * Finds files at tables' locations that no version names, which engines that were cut off leave, and lets them go.
 *
 * <p>The folder is listed first, then the writes under way are looked up, then the table: so a file that was listed is one of a write
 * that still goes on, or has become the table's, or is nobody's. What a foreign engine writes nobody knows of until its commit; so
 * only old files count. In the transaction that gives files up the table is still the one that they were compared with; after it they
 * go as all files that nobody names.
 */
public final class OrphanFiles {
    /** Foreign engines may take that long from a file to its commit. */
    public static final Duration YOUNGEST = WriteIntents.CLIENT_LEASE;

    private static final Duration USUAL = Duration.ofDays(3);
    private static final int MOST_TOLD = 1_000;

    /** So many names are in memory at once. */
    private static final int AT_ONCE = 300_000;

    /** The metadata files that this server writes, after the id of their write. */
    private static final Pattern OURS =
            Pattern.compile("[0-9a-f-]{36}-\\d{5,}-[0-9a-f]{16}\\.(gz\\.)?metadata\\.json(\\.gz)?");

    private static final Pattern OF_A_CATALOG = Pattern.compile("version-hint\\.text|.*\\.metadata\\.json(\\.gz)?");

    private final CatalogParts parts;
    private final Tables tables;

    OrphanFiles(CatalogParts parts, Tables tables) {
        this.parts = parts;
        this.tables = tables;
    }

    /**
     * Tells which files {@link #remove} would let go at this moment.
     *
     * @throws TarnException as there
     */
    public Orphans find(Caller caller, TableName name, Optional<Instant> olderThan, Cancellation cancellation) {
        parts.access().requireSomebody(caller);
        return new Search(caller, tables.open(caller, Verb.MANAGE, name), age(olderThan), cancellation, false).run();
    }

    /**
     * Lets the files go that no version of a table names and no write is about to.
     *
     * @param olderThan newer ones stay; three days when absent
     * @throws TarnException {@code INVALID_REQUEST} when that is less than a day ago, or files of others may be in the same folder
     */
    public Orphans remove(Caller caller, TableName name, Optional<Instant> olderThan, Cancellation cancellation) {
        parts.access().requireSomebody(caller);
        Search search = new Search(caller, tables.open(caller, Verb.MANAGE, name), age(olderThan), cancellation, true);
        return search.run();
    }

    /**
     * Returns when {@link #remove} may be asked for that.
     *
     * @throws TarnException {@code INVALID_REQUEST} when it is less than a day ago
     */
    public void requireOld(Caller caller, Optional<Instant> olderThan) {
        parts.access().requireSomebody(caller);
        age(olderThan);
    }

    /**
     * The time before which files may be nobody's.
     *
     * @throws TarnException {@code INVALID_REQUEST}
     */
    private Instant age(Optional<Instant> olderThan) {
        Instant now = parts.clock().instant();
        Instant before = olderThan.orElseGet(() -> now.minus(USUAL));
        if (before.isAfter(now.minus(YOUNGEST))) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "older_than must be at least a day ago, not %s: a writer may still be about to commit younger files"
                            .formatted(before));
        }
        return before;
    }

    private final class Search {
        private final Caller caller;
        private final Tables.Opened table;
        private final String location;
        private final Instant before;
        private final Cancellation cancellation;
        private final boolean removes;
        private final List<String> told = new ArrayList<>();
        private Map<String, StoredFile> listed = new LinkedHashMap<>();
        private long count;
        private long bytes;

        Search(Caller caller, Tables.Opened table, Instant before, Cancellation cancellation, boolean removes) {
            this.caller = caller;
            this.table = table;
            this.location = table.metadata().location();
            this.before = before;
            this.cancellation = cancellation;
            this.removes = removes;
        }

        Orphans run() {
            requireAlone();
            try {
                parts.files().walk(location, folder -> !isHidden(folder), this::list);
                settle();
            } catch (NotFoundException e) {
                throw MetadataCache.lost(table.name(), e);
            }
            parts.doomed().trySweep();
            return new Orphans(count, bytes, told, parts.doomed().waiting(caller.tenantId(), location));
        }

        /** What another table has inside, this one does not name. */
        private void requireAlone() {
            Path folder = parts.warehouse().path(location);
            boolean shared = parts.store().at(TableLocations.inside(folder), 2).stream()
                            .anyMatch(file -> !file.equals(table.pointer().location()))
                    || parts.dropped().list(caller.tenantId(), Integer.MAX_VALUE).stream()
                            .anyMatch(dropped -> parts.warehouse().holds(dropped.location())
                                    && parts.warehouse()
                                            .path(dropped.location())
                                            .startsWith(folder));
            if (shared) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "Another table has its files inside the folder of %s, so nobody can say which of them are nobody's"
                                .formatted(table.name().text()));
            }
        }

        private void list(StoredFile file) {
            cancellation.requireWanted();
            String name = Path.of(file.path()).getFileName().toString();
            if (removes
                    && parts.warehouse().isGranted(location)
                    && OF_A_CATALOG.matcher(name).matches()
                    && !OURS.matcher(name).matches()) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "The table %s is, or was, also one of another catalog, whose files nobody here knows; remove orphan files with that, or look at them with dry_run"
                                .formatted(table.name().text()));
            }
            if (!isHidden(name) && file.modifiedAt().isBefore(before)) {
                listed.put(UnreachableFiles.key(file.location()), file);
                if (listed.size() >= AT_ONCE) {
                    settle();
                }
            }
        }

        /** As other engines have it: these are no files of tables, unless they are partitions' folders. */
        private static boolean isHidden(String name) {
            return name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
        }

        private void settle() {
            leaveWrites();
            parts.doomed().waiting(caller.tenantId(), location, file -> listed.remove(UnreachableFiles.key(file)));
            NamedFiles named = new NamedFiles(parts, cancellation);
            boolean settled = false;
            for (int attempt = 0; !settled; attempt++) {
                cancellation.requireWanted();
                TableMetadata now = newest();
                named.tell(now, listed::remove);
                settled = listed.isEmpty() || !removes || give(now);
                if (!settled && attempt == Attempts.MOST) {
                    throw new TarnException(
                            ErrorCode.CONFLICT,
                            "The table %s changes all the time; try again"
                                    .formatted(table.name().text()));
                }
            }
            for (StoredFile file : listed.values()) {
                count++;
                bytes += file.bytes();
                if (told.size() < MOST_TOLD) {
                    told.add(file.path());
                }
            }
            listed = new LinkedHashMap<>();
        }

        /** The files of writes under way begin with the writes' ids, wherever they are. */
        private void leaveWrites() {
            List<String> prefixes = parts.intents().open(caller.tenantId(), location).stream()
                    .map(WriteIntent::filePrefix)
                    .toList();
            if (!prefixes.isEmpty()) {
                listed.values().removeIf(file -> prefixes.stream().anyMatch(file.path()::contains));
            }
        }

        private TableMetadata newest() {
            return parts.store()
                    .find(
                            caller.tenantId(),
                            table.pointer().namespace(),
                            table.pointer().name())
                    .map(pointer -> parts.metadata().read(pointer.location()))
                    .filter(now -> Objects.equals(now.uuid(), table.metadata().uuid()))
                    .orElseThrow(() -> new TarnException(
                            ErrorCode.UNKNOWN_TABLE,
                            "The table %s was dropped meanwhile"
                                    .formatted(table.name().text())));
        }

        /** Gives the files up, if the table is still as they were compared with. */
        private boolean give(TableMetadata compared) {
            return parts.database().inTransaction(() -> {
                boolean same =
                        parts
                                .store()
                                .hold(
                                        caller.tenantId(),
                                        table.pointer().namespace(),
                                        table.pointer().name())
                                .stream()
                                .anyMatch(now -> now.location().equals(compared.metadataFileLocation()));
                if (same) {
                    List<DoomedFile> files = listed.values().stream()
                            .map(file -> new DoomedFile(file.location(), file.bytes()))
                            .toList();
                    parts.doomed().add(caller.tenantId(), location, files);
                    Map<String, Object> facts = Map.of("what", "remove_orphan_files", "files", files.size());
                    parts.audit()
                            .record(
                                    caller,
                                    Verb.MANAGE,
                                    Resource.table(table.name().text()),
                                    Outcome.DONE,
                                    facts);
                }
                return same;
            });
        }
    }
}
