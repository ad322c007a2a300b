package dev.tarn.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;

/**
 * A write that has begun. Its files go to {@link #dataFolder()} under names that begin with {@link #filePrefix()}; nothing
 * is seen of them until {@link #commit}, and {@link #close()} without a commit removes them all.
 */
public interface TableWrite extends AutoCloseable {
    /** The table, in the case that it has or will have. */
    TableName name();

    WriteMode mode();

    /** What rows are read of the table to know what becomes of them: the newest version, or the branch that is written to. */
    TableVersion version();

    /** What the table, as it becomes, says under a property. */
    Optional<String> property(String key);

    /**
     * Says which rows an OVERWRITE takes away; all of them unless it is said.
     *
     * @throws dev.tarn.platform.TarnException {@code INVALID_REQUEST} when the table is not partitioned so
     */
    void overwrite(Overwritten rows);

    /**
     * The column that partitions the table by its values, as the table writes it.
     *
     * @throws dev.tarn.platform.TarnException {@code INVALID_REQUEST} for any other
     */
    String partitionColumn(String asked);

    /** Where the data files go; the folder exists. */
    Path dataFolder();

    /** A folder of {@link #dataFolder()} for files of this write alone, made when it is asked for. */
    Path ownFolder();

    /** How the rows are to be put into files: the table's own way, unless {@link #define} said another. */
    TableShape shape();

    /**
     * Says what the table is that a CREATE makes or a REPLACE leaves, beside its columns; REPLACE keeps all of that otherwise. Before
     * files are written.
     *
     * @param properties that are set beside those that are there
     */
    void define(TableShape shape, Map<String, String> properties);

    /** What the name of every file of this write begins with: {@code <prefix>-<n>.parquet}. */
    String filePrefix();

    /** The table's columns today; empty for CREATE. */
    Optional<Schema> existingSchema();

    /** Whether the caller may be told of a column of the table; any other stays empty in the rows of an APPEND. */
    boolean tells(String column);

    /** Where the table lives; no other table has lived there, whatever its name. */
    String location();

    /**
     * Lets an APPEND add columns that the table lacks, in the commit that adds the rows.
     *
     * @throws dev.tarn.platform.TarnException {@code FORBIDDEN} for who may not be told of all its columns
     */
    void allowNewColumns();

    /** Adds facts to the commit's entry of the audit trail; they hold no secret. */
    void note(Map<String, ?> facts);

    /**
     * Makes the files, which may be none, the table's rows in one snapshot, durably.
     *
     * @param schema the columns that the files have; they are known by name, and the files are given the ids that those
     *     names have in the table. APPEND: columns of {@link #existingSchema()}, or new ones after {@link
     *     #allowNewColumns()}; a type that is wider by Iceberg's rules widens the table's. CREATE and REPLACE: all columns
     *     of the table
     * @param onCommit runs in the commit's database transaction with the new snapshot's id: what it writes there is true
     *     exactly when the rows are
     * @return the id of the new snapshot
     * @throws dev.tarn.platform.TarnException {@code ALREADY_EXISTS} when the table came into being meanwhile,
     *     {@code UNKNOWN_TABLE} when it went away, {@code CONFLICT} after too many conflicting commits; in all of these
     *     cases nothing was applied and nothing is left
     */
    long commit(Schema schema, List<WrittenFile> files, LongConsumer onCommit);

    /** {@link #commit(Schema, List, LongConsumer)} with nothing beside it. */
    default long commit(Schema schema, List<WrittenFile> files) {
        return commit(schema, files, snapshot -> {});
    }

    /**
     * Makes changed, deleted and added rows those of the table, in one snapshot, durably: of CHANGE and MERGE.
     *
     * @param files the rows that are new or written anew, with all columns of the table
     * @param onCommit as in {@link #commit}
     * @return the id of the new snapshot
     * @throws dev.tarn.platform.TarnException {@code CONFLICT} when somebody else changed meanwhile what the statement had
     *     looked at; in this and all other cases nothing was applied and nothing is left
     */
    long change(RowChange change, List<WrittenFile> files, LongConsumer onCommit);

    /** {@link #change(RowChange, List, LongConsumer)} with nothing beside it. */
    default long change(RowChange change, List<WrittenFile> files) {
        return change(change, files, snapshot -> {});
    }

    /**
     * Puts files in the place of others, with the same rows, in one snapshot, durably: of REWRITE.
     *
     * @param files may be none: no row is left of the others
     * @return the id of the new snapshot
     * @throws dev.tarn.platform.TarnException {@code CONFLICT} when somebody else changed rows of the same files meanwhile; in this
     *     and all other cases nothing was applied and nothing is left
     */
    long rewrite(FileRewrite rewrite, List<WrittenFile> files);

    /**
     * Writes the manifests anew, few and each of neighbouring partitions, in one snapshot, durably: of REWRITE.
     *
     * @return the id of the new snapshot
     * @throws dev.tarn.platform.TarnException {@code CONFLICT} when there is nothing any more, or they changed meanwhile
     */
    long rewriteManifests();

    /** How many manifests {@link #rewriteManifests} would leave of these. */
    static int manifestsWanted(Table table, List<ManifestFile> manifests) {
        return ManifestRewriteCommit.wanted(table, manifests);
    }

    /** Gives the write up and removes its files; nothing happens after a commit. */
    void abort();

    /** {@link #abort()}. */
    @Override
    default void close() {
        abort();
    }
}
