package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
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
    private final Target target;
    private final TarnTableOperations.Bound bound;
    private final @Nullable TableMetadata begun;
    private final Schema written;
    private final boolean newColumns;
    private final Definition definition;
    private final NewFiles files;
    private final @Nullable PreparedCommit rows;

    /**
     * What the table becomes.
     *
     * @param shape that the files were made by
     * @param properties that are set besides
     * @param replaces whether an existing table takes shape and properties
     */
    record Definition(TableShape shape, Map<String, String> properties, boolean replaces) {}

    /**
     * What is written to.
     *
     * @param version the newest one, or a branch
     * @param overwritten which rows an OVERWRITE takes away
     */
    record Target(TableName name, WriteMode mode, TableVersion version, Overwritten overwritten) {}

    /** Iceberg's name of what a version is written to. */
    static String branch(TableVersion version) {
        return version instanceof TableVersion.Named(String branch) ? branch : SnapshotRef.MAIN_BRANCH;
    }

    CommitAttempt(
            CatalogParts parts,
            Caller caller,
            Target target,
            TarnTableOperations.Bound bound,
            @Nullable TableMetadata begun,
            Schema written,
            boolean newColumns,
            Definition definition,
            List<WrittenFile> files,
            @Nullable PreparedCommit rows) {
        this.parts = parts;
        this.caller = caller;
        this.name = target.name();
        this.target = target;
        this.bound = bound;
        this.begun = begun;
        this.written = written;
        this.newColumns = newColumns;
        this.definition = definition;
        this.files = new NewFiles(parts, files);
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
        switch (target.mode()) {
            case CREATE -> create(operations);
            case APPEND -> append(operations);
            case REPLACE -> replace(operations);
            case OVERWRITE -> overwrite(operations);
            case CHANGE, MERGE -> change(operations);
            case REWRITE -> rewrite(operations);
        }
        return operations.committedSnapshot().orElseThrow();
    }

    private void create(TarnTableOperations operations) {
        if (operations.current() != null) {
            throw new AlreadyExistsException("Table already exists: %s", name.text());
        }
        files.stamp(written);
        TableMetadata metadata = NewTable.metadata(
                written,
                definition.shape(),
                definition.properties(),
                bound.intent().location());
        Transaction transaction = Transactions.createTableTransaction(name.text(), operations, metadata, SILENT);
        add(transaction.newAppend(), metadata, metadata.spec(), metadata.sortOrder());
        transaction.commitTransaction();
    }

    /** Columns that the table lacks and types that it has narrower come with the rows, in the one commit. */
    private void append(TarnTableOperations operations) {
        TableMetadata now = current(operations);
        SchemaChange change = SchemaChange.of(name, now, Objects.requireNonNull(begun), written, newColumns);
        BaseTable table = new BaseTable(operations, name.text(), SILENT);
        boolean firstPartial = isPartial(now.schema()) && !now.properties().containsKey(ReadableTable.PARTIAL_FILES);
        if (change.isNone() && !firstPartial) {
            files.stamp(now.schema());
            add(table.newAppend(), now, spec(now), order(now));
            return;
        }
        files.stamp(change.onto(table.updateSchema()).apply());
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
        add(transaction.newAppend(), changed, spec(changed), order(changed));
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
        files.stamp(wanted);
        if (!definition.replaces() && wanted.asStruct().equals(now.schema().asStruct())) {
            replaceRows(operations, now);
            return;
        }
        Map<String, String> properties = new HashMap<>(now.properties());
        properties.putAll(definition.properties());
        TableMetadata replacement = now.buildReplacement(
                wanted,
                definition.shape().spec(wanted),
                definition.shape().sortOrder(wanted),
                now.location(),
                properties);
        requirePartitioning(definition.shape().spec(wanted), replacement.spec());
        if (NewTable.hasDefaults(wanted) && replacement.formatVersion() < NewTable.FORMAT_OF_DEFAULTS) {
            throw NewTable.noDefaults(replacement.formatVersion());
        }
        if (!replacement.schema().sameSchema(wanted)) {
            throw new IllegalStateException("Iceberg gave the columns other ids than the files have");
        }
        Transaction transaction = Transactions.replaceTableTransaction(name.text(), operations, replacement, SILENT);
        add(transaction.newAppend(), replacement, replacement.spec(), replacement.sortOrder());
        transaction.commitTransaction();
    }

    /** Format 1 keeps all partition fields that there ever were, in their order, which may not be that of the files' values. */
    private void requirePartitioning(PartitionSpec wanted, PartitionSpec got) {
        if (!fields(wanted).equals(fields(got))) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The table %s is of format 1, which cannot be partitioned anew so; set its property format-version to 2 first"
                            .formatted(name.text()));
        }
    }

    private static List<String> fields(PartitionSpec spec) {
        return spec.fields().stream()
                .filter(field -> !field.transform().isVoid())
                .map(field -> field.sourceId() + " " + field.transform())
                .toList();
    }

    private void overwrite(TarnTableOperations operations) {
        TableMetadata now = current(operations);
        SchemaChange.requireFit(name, now, Objects.requireNonNull(begun), written);
        files.stamp(now.schema());
        replaceRows(operations, now);
    }

    private void change(TarnTableOperations operations) {
        TableMetadata now = current(operations);
        boolean lineage = now.formatVersion() >= LINEAGE_FROM;
        files.stamp(lineage ? MetadataColumns.schemaWithRowLineage(now.schema()) : now.schema());
        Objects.requireNonNull(rows)
                .commit(
                        new BaseTable(operations, name.text(), SILENT),
                        now,
                        files.described(now, spec(now), order(now)));
    }

    /** The files have the columns that the table had then, whatever they are called now. */
    private void rewrite(TarnTableOperations operations) {
        TableMetadata now = current(operations);
        TableMetadata then = Objects.requireNonNull(begun);
        boolean lineage = then.formatVersion() >= LINEAGE_FROM;
        files.stamp(lineage ? MetadataColumns.schemaWithRowLineage(then.schema()) : then.schema());
        SortOrder order = definition.shape().order().isEmpty() ? SortOrder.unsorted() : order(now);
        Objects.requireNonNull(rows)
                .commit(new BaseTable(operations, name.text(), SILENT), now, files.described(now, spec(now), order));
    }

    private void replaceRows(TarnTableOperations operations, TableMetadata now) {
        BaseTable table = new BaseTable(operations, name.text(), SILENT);
        OverwrittenRows.commit(table, now, target, files.described(now, spec(now), order(now)));
    }

    private void add(AppendFiles append, TableMetadata metadata, PartitionSpec spec, SortOrder order) {
        files.described(metadata, spec, order).forEach(append::appendFile);
        append.toBranch(branch(target.version())).commit();
    }

    /** As the table was partitioned when the write began: its files are, whatever has become of the table since. */
    private PartitionSpec spec(TableMetadata now) {
        PartitionSpec spec = now.spec(Objects.requireNonNull(begun).defaultSpecId());
        if (spec == null) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "The partitioning of %s changed during the write; nothing was written, try again"
                            .formatted(name.text()));
        }
        return spec;
    }

    private SortOrder order(TableMetadata now) {
        SortOrder order = now.sortOrdersById().get(Objects.requireNonNull(begun).defaultSortOrderId());
        return order == null ? SortOrder.unsorted() : order;
    }

    /** The table now, when it is still the one that the write began on. */
    private TableMetadata current(TarnTableOperations operations) {
        TableMetadata now = operations.current();
        if (now == null || begun == null || !Objects.equals(now.uuid(), begun.uuid())) {
            throw new NoSuchTableException("Table does not exist: %s", name.text());
        }
        return now;
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
}
