package dev.tarn.api.drls;

import dev.tarn.access.Caller;
import dev.tarn.upkeep.TableHealth;
import dev.tarn.upkeep.TableHealths;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How a table is, in the contract's fields; {@code /tarn/v1} tells more. */
@RestController
class DrlsHealthController {
    private final TableHealths healths;
    private final DrlsNames names;

    DrlsHealthController(TableHealths healths, DrlsNames names) {
        this.healths = healths;
        this.names = names;
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
        return Health.of(table, healths.of(caller, names.table(table)));
    }
}
