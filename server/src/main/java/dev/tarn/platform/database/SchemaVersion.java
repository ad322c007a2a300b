package dev.tarn.platform.database;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Migrations only go forward: a database that a newer server has touched is not opened by an older one. */
final class SchemaVersion {
    private SchemaVersion() {}

    static void refuseNewer(Flyway flyway) {
        for (MigrationInfo applied : flyway.info().applied()) {
            if (!applied.getState().isResolved()) {
                throw new TarnException(
                        ErrorCode.CONFLICT,
                        "The database has schema version %s, which this server does not know: it belongs to a newer Tarn; start that one"
                                .formatted(applied.getVersion()));
            }
        }
    }
}
