package dev.tarn.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * One use as its user sees it.
 *
 * @param costUsd exact, at the prices of its time
 */
public record UsageEntry(UUID id, Instant at, UsageKind kind, UsageAmount amount, BigDecimal costUsd) {}
