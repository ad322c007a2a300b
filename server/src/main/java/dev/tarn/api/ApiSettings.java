package dev.tarn.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What one request may be.
 *
 * @param body the largest body of a request that is not an upload
 * @param upload the largest upload; uploads are streamed
 * @param idempotency how long the answer to a request with an Idempotency-Key is kept
 * @param stop how long a stop waits for what is running
 */
@ConfigurationProperties("tarn.api")
public record ApiSettings(
        @DefaultValue("16MB") DataSize body,
        @DefaultValue("100GB") DataSize upload,
        @DefaultValue("24h") Duration idempotency,
        @DefaultValue("30s") Duration stop) {}
