package dev.tarn.catalog;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

/** What a commit changes beside the files that it adds. */
interface PreparedCommit {
    /**
     * One attempt.
     *
     * @param now the table as it is
     * @param added files that are described and durable
     */
    void commit(Table table, TableMetadata now, List<DataFile> added);
}
