package dev.tarn.adoption;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;

/** A catalog that is not ours; it is read, and nothing in it changes. */
interface ForeignCatalog {
    /** How many tables one adoption takes. */
    int MOST_TABLES = 10_000;

    /**
     * The tables that are wanted.
     *
     * @param goingOn asked between steps; it throws to end the work
     */
    List<TableIdentifier> tables(TableChoice choice, Runnable goingOn);

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
