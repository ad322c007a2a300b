package dev.tarn.backup;

import java.util.List;

/** A table of the platform's database. */
record StoredTable(String name, List<String> columns) {}
