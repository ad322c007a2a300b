package dev.tarn.engine;

import dev.tarn.catalog.WrittenFile;
import java.util.List;
import org.apache.iceberg.Schema;

/** A result that stands in data files now, with its columns. */
public record MaterializedRows(Schema columns, List<WrittenFile> files, long rows, Reading reading) {}
