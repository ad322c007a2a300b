package dev.tarn.catalog;

import dev.tarn.access.Caller;
import java.util.List;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.RetryableValidationException;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.rest.requests.UpdateTableRequest;

/**
 * A commit as another engine asks for it: requirements that must hold, and changes. It is tried again while others commit beside
 * it, as long as its requirements hold; one that has happened before is not made twice.
 */
final class RequestedCommit {
    private static final int FORMAT = 2;

    private final CatalogParts parts;
    private final Caller caller;
    private final ExactLookup lookup;

    RequestedCommit(CatalogParts parts, Caller caller) {
        this.parts = parts;
        this.caller = caller;
        this.lookup = new ExactLookup(parts);
    }

    /** Makes the table, or changes it; returns it as this commit has left it. */
    TableMetadata apply(TableIdentifier identifier, UpdateTableRequest request) {
        RequestedChanges changes = new RequestedChanges(request.updates());
        PropertyRules.checkForeign(changes.properties());
        boolean makes =
                request.requirements().stream().anyMatch(UpdateRequirement.AssertTableDoesNotExist.class::isInstance);
        return makes ? make(identifier, request, changes) : change(identifier, request, changes);
    }

    private TableMetadata make(TableIdentifier identifier, UpdateTableRequest request, RequestedChanges changes) {
        if (request.requirements().size() > 1) {
            throw new IllegalArgumentException("A table that must not exist can have no other requirements");
        }
        TableName name = lookup.makeable(caller, identifier);
        TarnTableOperations operations = new TarnTableOperations(parts, caller, name, null);
        TableMetadata now = operations.current();
        if (now != null && changes.made(now)) {
            lookup.whole(caller, identifier, Pointer.Kind.TABLE);
            return now;
        }
        request.requirements().forEach(requirement -> requirement.validate(now));
        requireNoView(identifier);
        changes.checkTimes(now, parts.clock().instant());
        TableMetadata.Builder builder = TableMetadata.buildFromEmpty(request.updates().stream()
                .filter(MetadataUpdate.UpgradeFormatVersion.class::isInstance)
                .mapToInt(update -> ((MetadataUpdate.UpgradeFormatVersion) update).formatVersion())
                .findFirst()
                .orElse(FORMAT));
        operations.commit(null, applied(builder, request.updates()));
        return operations.committed();
    }

    private void requireNoView(TableIdentifier identifier) {
        if (lookup.find(caller, identifier).isPresent()) {
            throw new AlreadyExistsException("View with same name already exists: %s", identifier);
        }
    }

    private TableMetadata change(TableIdentifier identifier, UpdateTableRequest request, RequestedChanges changes) {
        ExactLookup.Found found = lookup.whole(caller, identifier, Pointer.Kind.TABLE);
        lookup.require(caller, found, changes.verbs());
        TableMetadata begun = parts.metadata().read(found.pointer().location());
        return new MetadataEdit(parts, caller, found.name(), changes.verb(), changes.facts())
                .apply(begun, (now, operations) -> changed(now, request, changes));
    }

    private TableMetadata changed(TableMetadata now, UpdateTableRequest request, RequestedChanges changes) {
        if (changes.happened(now)) {
            return now;
        }
        request.requirements().forEach(requirement -> requirement.validate(now));
        changes.checkTimes(now, parts.clock().instant());
        TableMetadata changed = applied(TableMetadata.buildFrom(now), request.updates());
        return changed.changes().isEmpty() ? now : changed;
    }

    /** What does not fit together is the request's fault, however Iceberg finds out. */
    private static TableMetadata applied(TableMetadata.Builder builder, List<MetadataUpdate> updates) {
        try {
            updates.forEach(update -> update.applyTo(builder));
            return builder.build();
        } catch (RetryableValidationException e) {
            // Something is older than the table by now: the client can ask again for what it has looked up anew.
            throw new CommitFailedException(e, "Validation failed, please retry: %s", e.getMessage());
        } catch (IllegalArgumentException | ValidationException | UnsupportedOperationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ValidationException(e, "The changes do not fit the table or each other");
        }
    }
}
