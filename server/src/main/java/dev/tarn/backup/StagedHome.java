package dev.tarn.backup;

import java.nio.file.Path;
import java.util.Map;

/** A home folder that is being made beside its place; it is there in whole when it gets its name. */
interface StagedHome extends AutoCloseable {
    /**
     * Makes the folder under its temporary name, after removing what a restore that was cut off left there.
     *
     * @throws dev.tarn.platform.TarnException {@code CONFLICT} when the home has something in it, or another restore works on it
     */
    void begin();

    /** Where the SQLite database is to be made. */
    Path database();

    void write(Map<String, byte[]> files);

    /** Gives the folder its name, durably. */
    void publish();

    /** Removes the folder when it was not published. */
    void discard();

    @Override
    void close();
}
