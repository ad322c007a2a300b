package dev.tarn.backup;

import java.util.List;

/** An empty database that is to take a backup's rows. Nothing can be seen of it before {@link #publish}. */
interface RestoreTarget extends AutoCloseable {
    /**
     * Whether this very backup is published already, by a restore that was cut off before the home folder was in its place.
     * Then only {@link #finish} is left to do.
     *
     * @throws dev.tarn.platform.TarnException {@code CONFLICT} when the database is not empty, or another restore works on it
     */
    boolean begin(Manifest manifest, String home);

    /**
     * Makes the schema of the backup's version.
     *
     * @throws dev.tarn.platform.TarnException {@code CONFLICT} when this Tarn does not know that schema
     */
    void makeSchema(Manifest manifest);

    /** Takes rows in the order of the columns. */
    DumpWriter.RowTaker insert(StoredTable table);

    /** Says that the last row of a table is in; what of it is still held back is written. */
    void inserted(StoredTable table);

    /** What the table holds now, read back. */
    RowsDigest digest(StoredTable table);

    /** The places of all tables of all tenants, as the rows say. */
    List<TablePlace> places();

    /** Brings the schema to the version of this Tarn. */
    void upgrade();

    /** Makes all of it visible at once, durably. */
    void publish();

    /** The home folder is in its place: nothing is left to be done. */
    void finish();

    @Override
    void close();
}
