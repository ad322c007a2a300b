package dev.tarn.usage;

/**
 * What a tenant has used of what a quota limits.
 *
 * @param scannedBytesDay since the day of UTC began
 * @param scannedBytesMonth since the month of UTC began
 */
public record QuotaUse(long storageBytes, long scannedBytesDay, long scannedBytesMonth) {}
