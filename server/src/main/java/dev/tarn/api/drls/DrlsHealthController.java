package dev.tarn.api.drls;

import dev.tarn.access.Caller;
import dev.tarn.upkeep.TableHealth;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How a table is, in the contract's fields; {@code /tarn/v1} tells more. */
@RestController
class DrlsHealthController {
    private final ShownCatalog catalog;

    DrlsHealthController(ShownCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Data files of the newest version, and the versions that are kept.
     *
     * @param table the name as it was sent
     */
    record Health(
            boolean success,
            String table,
            long snapshotCount,
            long dataFileCount,
            long totalSizeBytes,
            long avgFileSizeBytes,
            long smallFileCount,
            String recommendation) {
        static Health of(String table, TableHealth health) {
            return new Health(
                    true,
                    table,
                    health.snapshotCount(),
                    health.files().count(),
                    health.files().bytes(),
                    health.files().averageBytes(),
                    health.files().small(),
                    health.recommendation());
        }
    }

    @GetMapping("/api/table/{table_name}/health")
    Health health(Caller caller, @PathVariable("table_name") String table) {
        return Health.of(table, catalog.health(caller, table));
    }
}
