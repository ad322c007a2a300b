package dev.tarn.storage;

import java.util.UUID;

/**
 * A write that has begun.
 *
 * @param id what the name of every file of the write begins with
 * @param table the table's full name, for people who look at the rows
 * @param location the table's location; what is deleted when {@code wholeLocation}
 * @param wholeLocation nothing at the location is of use unless the write commits: a new table, or what a commit left over
 * @param holder who holds the lease; a commit counts only while this is still so in the database
 */
public record WriteIntent(UUID tenantId, UUID id, String table, String location, boolean wholeLocation, String holder) {

    /** The beginning of the names of this write's files. */
    public String filePrefix() {
        return id.toString();
    }

    WriteIntent heldBy(String other) {
        return new WriteIntent(tenantId, id, table, location, wholeLocation, other);
    }
}
