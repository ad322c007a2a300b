package dev.tarn.engine;

import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.WrittenFile;
import java.util.List;

/** A result that stands in data files now, with its columns as the files have them. */
public record MaterializedRows(List<LoadedColumn> columns, List<WrittenFile> files, long rows, long bytesScanned) {}
