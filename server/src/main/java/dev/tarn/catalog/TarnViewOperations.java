package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.storage.WriteIntent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;
import org.apache.iceberg.view.ViewOperations;
import org.apache.iceberg.view.ViewProperties;
import org.jspecify.annotations.Nullable;

/** One view's metadata and its commits, which go the way of a table's. Old metadata files of a view stay until it is dropped. */
final class TarnViewOperations implements ViewOperations {
    private final CatalogParts parts;
    private final Caller caller;
    private final TableName name;
    private final boolean makesNamespace;
    private final Predicate<String> placed;
    private @Nullable ViewMetadata current;
    private boolean known;

    /**
     * @param makesNamespace whether a missing namespace is made with a new view
     * @param placed whether the server has chosen a location for a new view here
     */
    TarnViewOperations(
            CatalogParts parts, Caller caller, TableName name, boolean makesNamespace, Predicate<String> placed) {
        this.parts = parts;
        this.caller = caller;
        this.name = name;
        this.makesNamespace = makesNamespace;
        this.placed = placed;
    }

    /** What a file says that somebody wants to make a view of. */
    static ViewMetadata registered(CatalogParts parts, Caller caller, String location) {
        TableRegistration.requireOwn(parts, caller, location);
        try {
            return parts.metadata().readView(location);
        } catch (NotFoundException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ValidationException(e, "This is no metadata file of a view, or it is cut off: %s", location);
        }
    }

    @Override
    public @Nullable ViewMetadata current() {
        return known ? current : refresh();
    }

    @Override
    public @Nullable ViewMetadata refresh() {
        String location = parts.store()
                .find(caller.tenantId(), name.namespaceText(), name.table())
                .filter(pointer -> pointer.kind() == Pointer.Kind.VIEW)
                .map(Pointer::location)
                .orElse(null);
        if (location == null && current != null) {
            current = null;
            throw new NoSuchViewException("View does not exist: %s", name.identifier());
        }
        current = location == null ? null : parts.metadata().readView(location);
        known = true;
        return current;
    }

    @Override
    public void commit(@Nullable ViewMetadata base, ViewMetadata metadata) {
        ViewMetadata now = current();
        if (base == null && now != null) {
            throw new AlreadyExistsException("View already exists: %s", name.identifier());
        }
        if (base != null && (now == null || !Objects.equals(now.metadataFileLocation(), base.metadataFileLocation()))) {
            throw moved();
        }
        new TableLocations(parts, caller, name).checkView(base, metadata, placed.test(metadata.location()));
        WriteIntent intent = parts.intents().beginBrief(caller.tenantId(), name.text(), metadata.location());
        String folder = metadata.properties()
                .getOrDefault(ViewProperties.WRITE_METADATA_LOCATION, metadata.location() + "/metadata");
        String location = "%s/%s-%016x.metadata.json"
                .formatted(folder, intent.filePrefix(), parts.random().nextLong());
        boolean registered = base == null && metadata.metadataFileLocation() != null;
        boolean moved;
        try {
            if (!registered) {
                ViewMetadataParser.write(metadata, parts.files().newOutputFile(location));
            }
            moved = point(intent, base, registered ? metadata.metadataFileLocation() : location, metadata.location());
        } catch (RuntimeException e) {
            parts.intents().abort(intent);
            throw e;
        }
        if (!moved) {
            parts.intents().abort(intent);
            throw moved();
        }
        known = false;
    }

    private boolean point(WriteIntent intent, @Nullable ViewMetadata base, String location, String place) {
        PointerCommit commit = new PointerCommit(parts, caller);
        Pointer pointer = new Pointer(name.namespaceText(), name.table(), Pointer.Kind.VIEW, location);
        PointerCommit.Entry entry = new PointerCommit.Entry(Verb.CREATE, Map.of("kind", "view"), () -> {
            if (base == null) {
                parts.intents().staged(caller.tenantId(), name.text(), place).ifPresent(parts.intents()::clear);
            }
        });
        if (base == null) {
            commit.create(intent, name, pointer, makesNamespace, entry);
            return true;
        }
        return commit.move(intent, name, pointer, base.metadataFileLocation(), List.of(), entry);
    }

    private CommitFailedException moved() {
        return new CommitFailedException("Cannot commit: the view %s has changed", name.text());
    }
}
