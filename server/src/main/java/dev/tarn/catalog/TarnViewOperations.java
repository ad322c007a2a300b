package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.WriteIntent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;
import org.apache.iceberg.view.ViewOperations;
import org.jspecify.annotations.Nullable;

/** One view's metadata and its commits, which go the way of a table's. Old metadata files of a view stay until it is dropped. */
final class TarnViewOperations implements ViewOperations {
    private final CatalogParts parts;
    private final Caller caller;
    private final TableName name;
    private final boolean makesNamespace;
    private @Nullable ViewMetadata current;
    private boolean known;

    /** @param makesNamespace whether a missing namespace is made with a new view */
    TarnViewOperations(CatalogParts parts, Caller caller, TableName name, boolean makesNamespace) {
        this.parts = parts;
        this.caller = caller;
        this.name = name;
        this.makesNamespace = makesNamespace;
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
            throw new NoSuchViewException("View does not exist: %s", name.text());
        }
        current = location == null ? null : parts.metadata().readView(location);
        known = true;
        return current;
    }

    @Override
    public void commit(@Nullable ViewMetadata base, ViewMetadata metadata) {
        ViewMetadata now = current();
        if (base == null && now != null) {
            throw new AlreadyExistsException("View already exists: %s", name.text());
        }
        if (base != null && (now == null || !Objects.equals(now.metadataFileLocation(), base.metadataFileLocation()))) {
            throw moved();
        }
        if (!parts.warehouse().belongsTo(caller.tenantId(), metadata.location())) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The view %s must be inside the tenant's warehouse; choose another location"
                            .formatted(name.text()));
        }
        WriteIntent intent = parts.intents().beginBrief(caller.tenantId(), name.text(), metadata.location());
        String location = "%s/metadata/%s-%016x.metadata.json"
                .formatted(
                        metadata.location(), intent.filePrefix(), parts.random().nextLong());
        boolean moved;
        try {
            ViewMetadataParser.write(metadata, parts.files().newOutputFile(location));
            moved = point(intent, base, location);
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

    private boolean point(WriteIntent intent, @Nullable ViewMetadata base, String location) {
        PointerCommit commit = new PointerCommit(parts, caller);
        Pointer pointer = new Pointer(name.namespaceText(), name.table(), Pointer.Kind.VIEW, location);
        PointerCommit.Entry entry = new PointerCommit.Entry(Verb.CREATE, Map.of("kind", "view"));
        if (base == null) {
            commit.create(intent, name, pointer, makesNamespace, entry);
            return true;
        }
        return commit.move(intent, name, pointer, base.metadataFileLocation(), List.of(), entry);
    }

    private CommitFailedException moved() {
        return new CommitFailedException("The view %s has changed", name.text());
    }
}
