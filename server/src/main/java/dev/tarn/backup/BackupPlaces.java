package dev.tarn.backup;

import java.nio.file.Path;

/** The parts of one installation: its home folder, its database, and where its tables' files lie. */
public record BackupPlaces(Path home, String databaseUrl, Path warehouse) {}
