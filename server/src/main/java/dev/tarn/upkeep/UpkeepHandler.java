package dev.tarn.upkeep;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.TableName;
import dev.tarn.jobs.JobHandler;
import dev.tarn.jobs.JobRun;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Duration;
import java.util.Map;

/** Does what was asked for; a server that takes over one that was lost goes on with the table as it finds it. */
final class UpkeepHandler implements JobHandler {
    static final String KIND = "upkeep";

    /** What was done is the log of a table. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final int ATTEMPTS = 3;

    private final TableInspection tables;
    private final UpkeepOperations operations;

    UpkeepHandler(TableInspection tables, UpkeepOperations operations) {
        this.tables = tables;
        this.operations = operations;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int attempts() {
        return ATTEMPTS;
    }

    @Override
    public Duration kept() {
        return KEPT;
    }

    @Override
    public void run(JobRun run) {
        UpkeepPayload payload = UpkeepPayload.of(run.job());
        ReadableTable table = tables.manage(run.caller(), TableName.parse(payload.table()));
        if (!table.table().uuid().toString().equals(payload.uuid())) {
            throw new TarnException(
                    ErrorCode.UNKNOWN_TABLE, "The table %s was dropped meanwhile".formatted(payload.table()));
        }
        Map<String, Object> numbers = operations.run(new UpkeepRun(run, table.name()), payload.task());
        run.complete(UpkeepPayload.json(numbers), () -> {});
    }
}
