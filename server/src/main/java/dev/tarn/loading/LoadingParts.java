package dev.tarn.loading;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.Blobs;
import dev.tarn.usage.Allowance;
import dev.tarn.usage.Meter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What loading is made of.
 *
 * @param targetFileBytes about how large a data file becomes, unless its table says
 * @param scratch a folder that is emptied at every start
 */
record LoadingParts(
        Access access,
        Audit audit,
        Tables tables,
        Conversion conversion,
        Meter meter,
        Allowance allowance,
        Database database,
        LoadStore loads,
        UploadStore uploads,
        ContentStore contents,
        Blobs blobs,
        LoadingSettings settings,
        long targetFileBytes,
        Path scratch,
        Ids ids,
        Clock clock) {

    /** The time as rows keep it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
