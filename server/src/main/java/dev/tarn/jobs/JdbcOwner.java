package dev.tarn.jobs;

import dev.tarn.access.Caller;
import dev.tarn.access.JobOwner;
import dev.tarn.platform.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The owner in a row of jobs or of schedules. */
final class JdbcOwner {
    private JdbcOwner() {}

    static JobOwner of(ResultSet row) throws SQLException {
        return new JobOwner(
                Rows.uuid(row, "tenant_id"),
                Rows.uuid(row, "workspace_id"),
                Rows.uuid(row, "user_id"),
                row.getString("user_name"),
                Rows.optionalUuid(row, "key_id"),
                new Caller.Origin(row.getString("request_id"), row.getString("address")));
    }
}
