package dev.tarn.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One change of what a table is, beside its columns and its rows. */
public sealed interface TableEdit {

    record SetProperties(Map<String, String> properties) implements TableEdit {
        public SetProperties {
            properties = Map.copyOf(properties);
        }
    }

    /** Takes properties away; those that are not there are fine. */
    record UnsetProperties(List<String> names) implements TableEdit {
        public UnsetProperties {
            names = List.copyOf(names);
        }
    }

    /** New rows are partitioned by this too; files that are there stay as they are, and are read as they are. */
    record AddPartition(TableShape.Partition field) implements TableEdit {}

    /** New rows are not partitioned by this any more; a column's name alone may be that of the partition field. */
    record DropPartition(TableShape.Transform field) implements TableEdit {}

    record ReplacePartition(TableShape.Transform old, TableShape.Partition field) implements TableEdit {}

    /**
     * The order of rows in new files.
     *
     * @param order none for none
     * @param distribution how other engines spread rows over their writers: {@code none}, {@code hash}, {@code range}
     */
    record Order(List<TableShape.Sort> order, String distribution) implements TableEdit {
        public Order {
            order = List.copyOf(order);
        }
    }

    /** What happens to a tag or branch that is there. */
    enum Existing {
        REFUSED,
        KEPT,
        REPLACED,
        /** There must be one, and it is replaced. */
        REQUIRED
    }

    /**
     * Names a version of the table.
     *
     * @param tag else a branch
     * @param version a snapshot; the newest when absent
     * @param retain how long the name lasts
     * @param snapshots how many of a branch's snapshots are kept at least
     * @param age how long a branch's snapshots are kept
     */
    record SetReference(
            boolean tag,
            String name,
            Existing existing,
            OptionalLong version,
            Optional<Duration> retain,
            OptionalInt snapshots,
            Optional<Duration> age)
            implements TableEdit {}

    /**
     * Makes a version that the newest one has come from the newest again.
     *
     * @param version its snapshot
     */
    record Rollback(long version) implements TableEdit {}

    record DropReference(boolean tag, String name, boolean ifExists) implements TableEdit {}
}
