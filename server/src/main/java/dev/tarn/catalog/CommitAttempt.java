package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.metrics.MetricsReporter;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Makes a write's data files a table's rows; run again, from the start, when another writer was faster. */
final class CommitAttempt {
    private static final MetricsReporter SILENT = report -> {};

    /** The format from which on rows have ids. */
    private static final int LINEAGE_FROM = 3;

    private final CatalogParts parts;
    private final Caller caller;
    private final TableName name;
    private final WriteMode mode;
    private final TarnTableOperations.Bound bound;
    private final @Nullable TableMetadata begun;
    private final Schema written;
    private final boolean newColumns;
    private final List<WrittenFile> files;
    private final @Nullable RowChangeCommit rows;
    private @Nullable List<DataFile> dataFiles;

    CommitAttempt(
            CatalogParts parts,
            Caller caller,
            TableName name,
            WriteMode mode,
            TarnTableOperations.Bound bound,
            @Nullable TableMetadata begun,
            Schema written,
            boolean newColumns,
            List<WrittenFile> files,
            @Nullable RowChangeCommit rows) {
        this.parts = parts;
        this.caller = caller;
        this.name = name;
        this.mode = mode;
        this.bound = bound;
        this.begun = begun;
        this.written = written;
        this.newColumns = newColumns;
        this.files = files;
        this.rows = rows;
    }

    /**
     * One attempt.
     *
     * @return the id of the new snapshot
     * @throws PointerMovedException when another writer was faster; what this attempt wrote beside the data files is gone
     */
    long run() {
        TarnTableOperations operations = new TarnTableOperations(parts, caller, name, bound);
        switch (mode) {
            case CREATE -> create(operations);
            case APPEND -> append(operations);
            case REPLACE -> replace(operations);
            case OVERWRITE -> overwrite(operations);
            case CHANGE, MERGE -> change(operations);
        }
        return operations.committedSnapshot().orElseThrow();
    }

    private void create(TarnTableOperations operations) {
        if (operations.current() != null) {
            throw new AlreadyExistsException("Table already exists: %s", name.text());
        }
        stamp(written);
        TableMetadata metadata = NewTable.metadata(written, bound.intent().location());
        Transaction transaction = Transactions.createTableTransaction(name.text(), operations, metadata, SILENT);
        add(transaction.newAppend(), metadata);
        transaction.commitTransaction();
    }

    /** Columns that the table lacks and types that it has narrower come with the rows, in the one commit. */
    private void append(TarnTableOperations operations) {
        TableMetadata now = current(operations);
        SchemaChange change = SchemaChange.of(name, now, Objects.requireNonNull(begun), written, newColumns);
        BaseTable table = new BaseTable(operations, name.text(), SILENT);
        boolean firstPartial = isPartial(now.schema()) && !now.properties().containsKey(ReadableTable.PARTIAL_FILES);
        if (change.isNone() && !firstPartial) {
            stamp(now.schema());
            add(table.newAppend(), now);
            return;
        }
        stamp(change.onto(table.updateSchema()).apply());
        Transaction transaction = table.newTransaction();
        if (!change.isNone()) {
            change.onto(transaction.updateSchema()).commit();
        }
        if (firstPartial) {
            transaction
                    .updateProperties()
                    .set(ReadableTable.PARTIAL_FILES, "true")
                    .commit();
        }
        TableMetadata changed =
                ((HasTableOperations) transaction.table()).operations().current();
        add(transaction.newAppend(), changed);
        transaction.commitTransaction();
    }

    /** Whether the files have no value for some of the columns. */
    private boolean isPartial(Schema own) {
        return own.columns().stream().anyMatch(column -> written.asStruct().field(column.name()) == null);
    }

    private void replace(TarnTableOperations operations) {
        TableMetadata now = current(operations);
        AtomicInteger lastId = new AtomicInteger(now.lastColumnId());
        Schema wanted = withComments(TypeUtil.assignFreshIds(written, now.schema(), lastId::incrementAndGet), now);
        stamp(wanted);
        if (wanted.asStruct().equals(now.schema().asStruct())) {
            replaceRows(operations, now);
            return;
        }
        TableMetadata replacement = now.buildReplacement(
                wanted, PartitionSpec.unpartitioned(), SortOrder.unsorted(), now.location(), now.properties());
        if (!replacement.schema().sameSchema(wanted)) {
            throw new IllegalStateException("Iceberg gave the columns other ids than the files have");
        }
        Transaction transaction = Transactions.replaceTableTransaction(name.text(), operations, replacement, SILENT);
        add(transaction.newAppend(), replacement);
        transaction.commitTransaction();
    }

    private void overwrite(TarnTableOperations operations) {
        TableMetadata now = current(operations);
        if (!files.isEmpty() && !now.spec().isUnpartitioned()) {
            throw partitioned(name);
        }
        SchemaChange.requireFit(name, now, Objects.requireNonNull(begun), written);
        stamp(now.schema());
        replaceRows(operations, now);
    }

    private void change(TarnTableOperations operations) {
        TableMetadata now = current(operations);
        if (!files.isEmpty() && !now.spec().isUnpartitioned()) {
            throw partitioned(name);
        }
        boolean lineage = now.formatVersion() >= LINEAGE_FROM;
        stamp(lineage ? MetadataColumns.schemaWithRowLineage(now.schema()) : now.schema());
        Objects.requireNonNull(rows).commit(new BaseTable(operations, name.text(), SILENT), now, described(now));
    }

    private void replaceRows(TarnTableOperations operations, TableMetadata now) {
        OverwriteFiles overwrite = new BaseTable(operations, name.text(), SILENT).newOverwrite();
        overwrite.overwriteByRowFilter(Expressions.alwaysTrue());
        described(now).forEach(overwrite::addFile);
        overwrite.commit();
    }

    private void add(AppendFiles append, TableMetadata metadata) {
        described(metadata).forEach(append::appendFile);
        append.commit();
    }

    /** The table now, when it is still the one that the write began on. */
    private TableMetadata current(TarnTableOperations operations) {
        TableMetadata now = operations.current();
        if (now == null || begun == null || !Objects.equals(now.uuid(), begun.uuid())) {
            throw new NoSuchTableException("Table does not exist: %s", name.text());
        }
        if (!now.spec().isUnpartitioned() && mode == WriteMode.APPEND) {
            throw partitioned(name);
        }
        return now;
    }

    static TarnException partitioned(TableName name) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The table %s is partitioned, and rows cannot be added to such a table yet; use replace or another table"
                        .formatted(name.text()));
    }

    /** Columns that stay keep what their owner said about them. */
    private static Schema withComments(Schema schema, TableMetadata now) {
        List<NestedField> columns = schema.columns().stream()
                .map(column -> {
                    NestedField before = now.schema().findField(column.fieldId());
                    return before == null || before.doc() == null || column.doc() != null
                            ? column
                            : NestedField.from(column).withDoc(before.doc()).build();
                })
                .toList();
        return new Schema(columns);
    }

    private void stamp(Schema columns) {
        for (WrittenFile file : files) {
            if (FieldIds.stamp(file.path(), columns)) {
                dataFiles = null;
            }
        }
    }

    private List<DataFile> described(TableMetadata metadata) {
        if (dataFiles == null) {
            parts.files().sync(files.stream().map(WrittenFile::path).toList());
            MetricsConfig config = MetricsConfig.from(metadata.properties(), metadata.schema(), SortOrder.unsorted());
            dataFiles = files.stream()
                    .map(file -> ParquetFiles.describe(file, config))
                    .toList();
        }
        return dataFiles;
    }
}
