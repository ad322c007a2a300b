package dev.tarn.backup;

import java.util.List;

/**
 * What was restored.
 *
 * @param missing tables whose files are not where they were
 */
public record RestoreReport(BackupReport backup, List<MissingFiles> missing) {}
