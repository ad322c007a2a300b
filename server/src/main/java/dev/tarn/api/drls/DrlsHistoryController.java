package dev.tarn.api.drls;

import dev.tarn.access.Caller;
import dev.tarn.catalog.SnapshotDescription;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The versions of a table; ours in the contract's style. */
@RestController
class DrlsHistoryController {
    private final ShownCatalog catalog;

    DrlsHistoryController(ShownCatalog catalog) {
        this.catalog = catalog;
    }

    /** A version; figures that its writer did not tell are null. */
    record ShownSnapshot(
            long snapshotId,
            @Nullable Long parentId,
            Instant committedAt,
            String operation,
            boolean current,
            @Nullable Long addedRows,
            @Nullable Long deletedRows,
            @Nullable Long totalRows,
            @Nullable Long totalBytes) {
        static ShownSnapshot of(SnapshotDescription snapshot) {
            return new ShownSnapshot(
                    snapshot.id(),
                    orNull(snapshot.parentId()),
                    snapshot.committedAt(),
                    snapshot.operation(),
                    snapshot.current(),
                    orNull(snapshot.addedRows()),
                    orNull(snapshot.deletedRows()),
                    orNull(snapshot.totalRows()),
                    orNull(snapshot.totalBytes()));
        }

        private static @Nullable Long orNull(OptionalLong number) {
            return number.isPresent() ? number.getAsLong() : null;
        }
    }

    /** @param table the name as it was sent */
    record History(boolean success, String table, List<ShownSnapshot> snapshots) {}

    /** @param table the name as it was sent */
    record SnapshotAt(boolean success, String table, ShownSnapshot snapshot) {}

    @GetMapping("/api/table/{table_name}/history")
    History history(Caller caller, @PathVariable("table_name") String table) {
        return new History(
                true,
                table,
                catalog.snapshots(caller, table).stream().map(ShownSnapshot::of).toList());
    }

    @GetMapping("/api/table/{table_name}/snapshot-at")
    SnapshotAt at(
            Caller caller, @PathVariable("table_name") String table, @RequestParam("timestamp") String timestamp) {
        return new SnapshotAt(
                true, table, ShownSnapshot.of(catalog.at(caller, table, Moments.of("timestamp", timestamp))));
    }
}
