package dev.tarn.adoption;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** A catalog that is not ours; it is read, and nothing in it changes. */
interface ForeignCatalog {
    /** How many tables one adoption takes. */
    int MOST_TABLES = 10_000;

    /** What there is of what is wanted. */
    record Contents(List<Namespace> namespaces, List<TableIdentifier> tables) {}

    /**
     * A table as the catalog tells of it.
     *
     * @param metadata the metadata file's JSON, when the catalog has sent it
     */
    record Loaded(String metadataLocation, Optional<String> metadata) {}

    /**
     * Returns when the catalog can be read.
     *
     * @throws TarnException why not
     */
    void check();

    /**
     * The namespaces and tables that are wanted.
     *
     * @param goingOn asked between steps; it throws to end the work
     */
    Contents contents(TableChoice choice, Runnable goingOn);

    /** Its tables alone. */
    default List<TableIdentifier> tables(TableChoice choice, Runnable goingOn) {
        return contents(choice, goingOn).tables();
    }

    /** A table; empty when there is none of that name. */
    Optional<Loaded> load(TableIdentifier table);

    /**
     * The newest metadata file of a table.
     *
     * @throws TarnException why there is none
     */
    String metadataLocation(TableIdentifier table);

    static void requireRoom(int tables) {
        if (tables > MOST_TABLES) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "More than %,d tables are wanted at once; choose namespaces".formatted(MOST_TABLES));
        }
    }
}
