package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.metrics.MetricsReporter;
import org.apache.iceberg.util.SnapshotUtil;

/** Makes a {@link TableEdit}. */
final class TableEditing implements MetadataEdit.Change {
    private static final MetricsReporter SILENT = report -> {};

    private final TableName name;
    private final TableEdit edit;

    TableEditing(TableName name, TableEdit edit) {
        this.name = name;
        this.edit = edit;
    }

    /** What the audit trail says of it. */
    static Map<String, Object> facts(TableEdit edit) {
        return switch (edit) {
            case TableEdit.SetProperties set -> Map.of("what", "properties", "set", set.properties());
            case TableEdit.UnsetProperties unset -> Map.of("what", "properties", "unset", unset.names());
            case TableEdit.AddPartition add ->
                Map.of("what", "partitioning", "add", text(add.field().transform()));
            case TableEdit.DropPartition drop -> Map.of("what", "partitioning", "drop", text(drop.field()));
            case TableEdit.ReplacePartition replace ->
                Map.of(
                        "what",
                        "partitioning",
                        "drop",
                        text(replace.old()),
                        "add",
                        text(replace.field().transform()));
            case TableEdit.Order order ->
                Map.of(
                        "what",
                        "order",
                        "order",
                        order.order().stream()
                                .map(sort -> text(sort.transform()) + (sort.descending() ? " desc" : ""))
                                .toList());
            case TableEdit.SetReference set -> Map.of("what", set.tag() ? "tag" : "branch", "set", set.name());
            case TableEdit.Rollback back -> Map.of("what", "rollback", "to", back.version());
            case TableEdit.DropReference drop -> Map.of("what", drop.tag() ? "tag" : "branch", "drop", drop.name());
        };
    }

    private static String text(TableShape.Transform transform) {
        return transform.text() + "(" + String.join(".", transform.column()) + ")";
    }

    @Override
    public TableMetadata of(TableMetadata now, TarnTableOperations operations) {
        try {
            return edited(now, operations);
        } catch (IllegalArgumentException | IllegalStateException | ValidationException e) {
            throw refused("The table %s cannot be changed so: %s".formatted(name.text(), e.getMessage()), e);
        }
    }

    private TableMetadata edited(TableMetadata now, TarnTableOperations operations) {
        return switch (edit) {
            case TableEdit.SetProperties set -> properties(now, set.properties());
            case TableEdit.UnsetProperties unset -> {
                unset.names().forEach(PropertyRules::checkName);
                Map<String, String> properties = new HashMap<>(now.properties());
                unset.names().forEach(properties::remove);
                yield now.replaceProperties(properties);
            }
            case TableEdit.AddPartition add -> {
                UpdatePartitionSpec update = spec(operations);
                add(update, now, add.field());
                yield now.updatePartitionSpec(update.apply());
            }
            case TableEdit.DropPartition drop -> {
                UpdatePartitionSpec update = spec(operations);
                remove(update, now, drop.field());
                yield now.updatePartitionSpec(update.apply());
            }
            case TableEdit.ReplacePartition replace -> {
                UpdatePartitionSpec update = spec(operations);
                remove(update, now, replace.old());
                add(update, now, replace.field());
                yield now.updatePartitionSpec(update.apply());
            }
            case TableEdit.Order order -> {
                TableShape shape = new TableShape(java.util.List.of(), order.order());
                TableMetadata sorted = now.replaceSortOrder(shape.sortOrder(now.schema()));
                yield properties(sorted, Map.of(TableProperties.WRITE_DISTRIBUTION_MODE, order.distribution()));
            }
            case TableEdit.SetReference set -> named(now, set);
            case TableEdit.Rollback back -> rolledBack(now, back.version());
            case TableEdit.DropReference drop -> {
                SnapshotRef known = now.ref(drop.name());
                if (known == null && drop.ifExists()) {
                    yield now;
                }
                requireKind(known, drop.tag(), drop.name());
                if (drop.name().equals(SnapshotRef.MAIN_BRANCH)) {
                    throw refused("The branch main is the table itself and cannot be dropped");
                }
                yield TableMetadata.buildFrom(now).removeRef(drop.name()).build();
            }
        };
    }

    private static TableMetadata properties(TableMetadata now, Map<String, String> more) {
        PropertyRules.check(more);
        Map<String, String> properties = new HashMap<>(now.properties());
        properties.putAll(more);
        return now.replaceProperties(properties);
    }

    private UpdatePartitionSpec spec(TarnTableOperations operations) {
        return new BaseTable(operations, name.text(), SILENT).updateSpec();
    }

    private static void add(UpdatePartitionSpec update, TableMetadata now, TableShape.Partition field) {
        // Iceberg names it when it has no name.
        update.addField(field.name().orElse(null), field.transform().term(now.schema()));
    }

    private static void remove(UpdatePartitionSpec update, TableMetadata now, TableShape.Transform field) {
        boolean named = field.transform().equals("identity")
                && field.column().size() == 1
                && now.spec().fields().stream()
                        .map(PartitionField::name)
                        .anyMatch(field.column().getFirst()::equals);
        if (named) {
            update.removeField(field.column().getFirst());
        } else {
            update.removeField(field.term(now.schema()));
        }
    }

    /** Only to a version on the way to the newest one: any other is another branch's business. */
    private TableMetadata rolledBack(TableMetadata now, long version) {
        if (now.snapshot(version) == null) {
            throw new TarnException(
                    ErrorCode.NOT_FOUND, "The table %s has no version %d, or no more".formatted(name.text(), version));
        }
        long newest = newest(now);
        if (newest == version) {
            return now;
        }
        if (!SnapshotUtil.isAncestorOf(newest, version, now::snapshot)) {
            throw refused(
                    "The version %d of %s is not one that the newest has come from; a table goes back to one of these alone, others are read with FOR VERSION AS OF"
                            .formatted(version, name.text()));
        }
        return TableMetadata.buildFrom(now)
                .setBranchSnapshot(version, SnapshotRef.MAIN_BRANCH)
                .build();
    }

    private TableMetadata named(TableMetadata now, TableEdit.SetReference set) {
        SnapshotRef known = now.ref(set.name());
        switch (set.existing()) {
            case REFUSED -> {
                if (known != null) {
                    throw new TarnException(
                            ErrorCode.ALREADY_EXISTS,
                            "The table %s has a %s %s already"
                                    .formatted(name.text(), known.isTag() ? "tag" : "branch", set.name()));
                }
            }
            case KEPT -> {
                if (known != null) {
                    return now;
                }
            }
            case REPLACED -> {
                if (known != null) {
                    requireKind(known, set.tag(), set.name());
                }
            }
            case REQUIRED -> requireKind(known, set.tag(), set.name());
        }
        if (set.name().equals(SnapshotRef.MAIN_BRANCH)) {
            throw refused("The branch main is the table itself; it moves with every write");
        }
        if (set.name().isBlank() || set.name().length() > 255) {
            throw refused("The name of a tag or branch has 1 to 255 characters");
        }
        long snapshot = set.version().orElseGet(() -> newest(now));
        if (now.snapshot(snapshot) == null) {
            throw new TarnException(
                    ErrorCode.NOT_FOUND, "The table %s has no version %d".formatted(name.text(), snapshot));
        }
        SnapshotRef.Builder reference =
                set.tag() ? SnapshotRef.tagBuilder(snapshot) : SnapshotRef.branchBuilder(snapshot);
        set.retain().map(Duration::toMillis).ifPresent(reference::maxRefAgeMs);
        set.snapshots().ifPresent(reference::minSnapshotsToKeep);
        set.age().map(Duration::toMillis).ifPresent(reference::maxSnapshotAgeMs);
        return TableMetadata.buildFrom(now)
                .setRef(set.name(), reference.build())
                .build();
    }

    private long newest(TableMetadata now) {
        Snapshot snapshot = now.currentSnapshot();
        if (snapshot == null) {
            throw refused("The table %s has no version yet that a tag or branch could name".formatted(name.text()));
        }
        return snapshot.snapshotId();
    }

    private void requireKind(@org.jspecify.annotations.Nullable SnapshotRef known, boolean tag, String reference) {
        if (known == null || known.isTag() != tag) {
            throw new TarnException(
                    ErrorCode.NOT_FOUND,
                    "The table %s has no %s %s".formatted(name.text(), tag ? "tag" : "branch", reference));
        }
    }

    private static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }

    private static TarnException refused(String message, Exception cause) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message, cause);
    }
}
