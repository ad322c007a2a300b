package dev.tarn.catalog;

import dev.tarn.access.Resource;
import java.util.List;
import java.util.Optional;

/** A change of the catalog that becomes true in one database transaction, or not at all. It may be tried more than once. */
interface CatalogChange {
    /**
     * Changes rows of the catalog.
     *
     * @return false when they are not as expected any more; then nothing becomes true
     */
    boolean rows(CatalogRows rows);

    /** What else becomes true in the same transaction. */
    void besides();

    /** What it makes, which its maker owns from then on. */
    default Optional<Resource> made() {
        return Optional.empty();
    }

    /** A thing whose grants follow it to another name. */
    record Renamed(Resource from, Resource to) {}

    /** Whose grants follow it. */
    default List<Renamed> renamed() {
        return List.of();
    }

    /** What it comes to. */
    default Effect effect() {
        return new Effect.Nothing();
    }

    /** After the transaction. */
    default void afterwards() {}

    /**
     * Whether a transaction happened that ended without a clear answer.
     *
     * @throws org.apache.iceberg.exceptions.CommitStateUnknownException when that cannot be known now
     */
    default boolean happened(RuntimeException failure) {
        return false;
    }

    /** Removes what it has prepared; nothing of it becomes true. */
    default void giveUp() {}
}
