package dev.tarn.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The audit trail.
 *
 * @param retention how long entries are kept; older ones are removed from the beginning of their chain
 */
@ConfigurationProperties("tarn.audit")
public record AuditSettings(@DefaultValue("365d") Duration retention) {
    public AuditSettings {
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("tarn.audit.retention must be at least 1d");
        }
    }
}
