package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.Types.NestedField;

/** Takes rows of a table away and puts others in their place, in one snapshot: whole files, as the partitioning has put them. */
final class OverwrittenRows {
    private OverwrittenRows() {}

    /**
     * Returns when the table is partitioned so that the rows can be told by their files.
     *
     * @throws TarnException {@code INVALID_REQUEST} else
     */
    static void check(TableName name, TableMetadata table, Overwritten overwritten) {
        switch (overwritten) {
            case Overwritten.All _ -> {}
            case Overwritten.Where where -> where(table.schema(), where);
            case Overwritten.Touched _ -> {
                if (table.spec().isUnpartitioned()) {
                    throw refused("The table %s has no partitions; INSERT OVERWRITE replaces all of its rows"
                            .formatted(name.text()));
                }
            }
        }
    }

    /** The column of that name by whose values the table is partitioned now. */
    static String column(TableName name, TableMetadata table, String asked, Predicate<String> told) {
        Schema schema = table.schema();
        List<String> partitions = table.spec().fields().stream()
                .filter(field -> field.transform().isIdentity())
                .map(field -> schema.findField(field.sourceId()))
                .filter(column -> column != null && schema.columns().contains(column) && told.test(column.name()))
                .map(NestedField::name)
                .toList();
        return partitions.stream()
                .filter(asked::equals)
                .findFirst()
                .or(() -> partitions.stream().filter(asked::equalsIgnoreCase).findFirst())
                .orElseThrow(() -> refused("The table %s is not partitioned by a column %s; %s"
                        .formatted(
                                name.text(),
                                asked,
                                partitions.isEmpty()
                                        ? "leave PARTITION out"
                                        : "PARTITION can name " + String.join(", ", partitions))));
    }

    /** Commits the files in the place of the rows. */
    static void commit(BaseTable table, TableMetadata now, CommitAttempt.Target target, List<DataFile> files) {
        String branch = CommitAttempt.branch(target.version());
        switch (target.overwritten()) {
            case Overwritten.All _ -> overwrite(table, Expressions.alwaysTrue(), branch, target.name(), files);
            case Overwritten.Where where -> overwrite(table, where(now.schema(), where), branch, target.name(), files);
            case Overwritten.Touched _ -> {
                requireOneSpec(target.name(), table.io(), now, branch);
                if (files.isEmpty()) {
                    table.newAppend().toBranch(branch).commit();
                    return;
                }
                ReplacePartitions replace = table.newReplacePartitions();
                files.forEach(replace::addFile);
                replace.toBranch(branch).commit();
            }
        }
    }

    private static void overwrite(
            BaseTable table, Expression rows, String branch, TableName name, List<DataFile> files) {
        OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(rows);
        files.forEach(overwrite::addFile);
        try {
            overwrite.toBranch(branch).commit();
        } catch (ValidationException e) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "Files of %s hold rows of this partition and of others, since it was partitioned in another way before; use DELETE and INSERT"
                            .formatted(name.text()),
                    e);
        }
    }

    private static Expression where(Schema schema, Overwritten.Where where) {
        Expression all = Expressions.alwaysTrue();
        for (Map.Entry<String, Optional<DefaultValue>> one : where.values().entrySet()) {
            NestedField column = schema.findField(one.getKey());
            if (column == null) {
                throw refused("There is no column %s any more".formatted(one.getKey()));
            }
            Expression equal = one.getValue()
                    .<Expression>map(value -> Expressions.equal(
                            one.getKey(), value.of(column.type()).value()))
                    .orElseGet(() -> Expressions.isNull(one.getKey()));
            all = Expressions.and(all, equal);
        }
        return all;
    }

    /** A file of another partitioning is in none of the new files' partitions, whatever its rows are. */
    private static void requireOneSpec(TableName name, FileIO io, TableMetadata table, String branch) {
        Snapshot snapshot = table.ref(branch) == null
                ? null
                : table.snapshot(table.ref(branch).snapshotId());
        PartitionSpec spec = table.spec();
        boolean others = snapshot != null
                && snapshot.dataManifests(io).stream()
                        .anyMatch(manifest -> manifest.partitionSpecId() != spec.specId());
        if (others) {
            throw refused(
                    "Files of %s are partitioned in another way than its partitioning is now, so its partitions cannot be replaced; use DELETE and INSERT"
                            .formatted(name.text()));
        }
    }

    private static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }
}
