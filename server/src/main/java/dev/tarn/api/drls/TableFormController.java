package dev.tarn.api.drls;

import dev.tarn.access.Caller;
import dev.tarn.api.drls.DoneOperations.Done;
import dev.tarn.catalog.TableChanges;
import dev.tarn.catalog.TableDefinition;
import dev.tarn.catalog.TableEdit;
import dev.tarn.catalog.TableShape;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What a table is partitioned by, its versions by name, and the way back to one; ours in the contract's style. */
@RestController
class TableFormController {
    private final TableChanges changes;
    private final DrlsNames names;
    private final DoneOperations operations;

    TableFormController(TableChanges changes, DrlsNames names, DoneOperations operations) {
        this.changes = changes;
        this.names = names;
        this.operations = operations;
    }

    /**
     * A field of the partitioning.
     *
     * @param column parts of structs behind dots
     * @param transform as {@code day} or {@code bucket[16]}; {@code identity} when absent
     * @param name of the field; Iceberg's own when absent
     */
    record PartitionField(
            @Nullable String table,
            @Nullable String column,
            @Nullable String transform,
            @Nullable String name) {
        TableShape.Transform toTransform() {
            return TableShape.Transform.parse(
                    List.of(Wanted.text("column", column).split("\\.", -1)),
                    Wanted.optional(transform).orElse("identity"));
        }
    }

    /** @param snapshotId the newest one when absent */
    record Reference(
            @Nullable String table,
            @Nullable String name,
            @Nullable JsonNode snapshotId) {}

    @PostMapping("/api/evolve/add-partition-field")
    Done addPartitionField(Caller caller, @RequestBody PartitionField wanted) {
        return partitioned(
                caller,
                "add_partition_field",
                wanted,
                new TableEdit.AddPartition(
                        new TableShape.Partition(wanted.toTransform(), Wanted.optional(wanted.name()))));
    }

    @PostMapping("/api/evolve/drop-partition-field")
    Done dropPartitionField(Caller caller, @RequestBody PartitionField wanted) {
        Optional<String> name = Wanted.optional(wanted.name());
        if (name.isPresent() == Wanted.optional(wanted.column()).isPresent()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "Say which partition field goes: its name alone, or its column and transform");
        }
        TableShape.Transform field = name.map(own -> new TableShape.Transform(List.of(own), "identity", 0))
                .orElseGet(wanted::toTransform);
        return partitioned(caller, "drop_partition_field", wanted, new TableEdit.DropPartition(field));
    }

    private Done partitioned(Caller caller, String operation, PartitionField wanted, TableEdit edit) {
        String sent = Wanted.text("table", wanted.table());
        TableDefinition now = changes.alter(caller, names.own(caller, sent), edit);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("columns", ShownColumn.of(now.table().columns()));
        details.put("partition_fields", now.partitioning());
        details.put("job_id", null);
        return operations.of(operation, sent, details);
    }

    /** @param snapshotId one that the newest has come from */
    record Return(@Nullable String table, @Nullable JsonNode snapshotId) {}

    @PostMapping("/api/rollback")
    Done rollBack(Caller caller, @RequestBody Return wanted) {
        String sent = Wanted.text("table", wanted.table());
        long snapshot = SnapshotId.required(wanted.snapshotId());
        changes.alter(caller, names.own(caller, sent), new TableEdit.Rollback(snapshot));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("rolled_back_to", snapshot);
        details.put("job_id", null);
        return operations.of("rollback", sent, details);
    }

    @PostMapping("/api/tag")
    Done tag(Caller caller, @RequestBody Reference wanted) {
        return named(caller, "tag", wanted);
    }

    @PostMapping("/api/branch")
    Done branch(Caller caller, @RequestBody Reference wanted) {
        return named(caller, "branch", wanted);
    }

    private Done named(Caller caller, String operation, Reference wanted) {
        String sent = Wanted.text("table", wanted.table());
        String name = Wanted.text("name", wanted.name());
        OptionalLong snapshot = SnapshotId.optional(wanted.snapshotId());
        TableDefinition now = changes.alter(
                caller,
                names.own(caller, sent),
                new TableEdit.SetReference(
                        operation.equals("tag"),
                        name,
                        TableEdit.Existing.REFUSED,
                        snapshot,
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty()));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("name", name);
        details.put(
                "snapshot_id", snapshot.orElseGet(() -> now.table().snapshotId().orElseThrow()));
        details.put("job_id", null);
        return operations.of(operation, sent, details);
    }
}
