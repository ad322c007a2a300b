package dev.tarn.loading;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of loads.
 *
 * @param running how many convert at once; others wait
 * @param queue how many may wait
 * @param maximumUpload of all files of one load
 * @param timeout of one conversion, after the upload
 * @param lease how long a server may be silent before its loads read failed; the same on all servers of one database
 * @param uploads how long an upload is kept for its load
 * @param uploadsPerUser how many one user may have kept at once
 * @param rejects how long rows that were left out are kept
 * @param history how long loads stay in the list
 */
@ConfigurationProperties("tarn.loading")
public record LoadingSettings(
        @DefaultValue("2") int running,
        @DefaultValue("64") int queue,
        @DefaultValue("100GB") DataSize maximumUpload,
        @DefaultValue("6h") Duration timeout,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("24h") Duration uploads,
        @DefaultValue("100") int uploadsPerUser,
        @DefaultValue("30d") Duration rejects,
        @DefaultValue("90d") Duration history) {}
