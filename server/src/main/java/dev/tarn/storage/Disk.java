package dev.tarn.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** What changes files. Everything that a power cut can interrupt goes through here, so that tests can cut it off. */
interface Disk {
    /** Makes a folder and the missing ones above it, durably. */
    void createFolders(Path folder) throws IOException;

    /**
     * Opens a new file; its bytes are durable after {@link #sync}, not before.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it exists and may not be overwritten
     */
    OutputStream create(Path file, boolean overwrite) throws IOException;

    /** Makes a file's bytes, or a folder's entries, durable. */
    void sync(Path fileOrFolder) throws IOException;

    /** Deletes a file; a missing one is fine. */
    void delete(Path file) throws IOException;

    /** Deletes a file, or a folder and all in it; a missing one is fine. */
    void deleteTree(Path fileOrFolder) throws IOException;

    /** The files of a folder whose names begin with {@code prefix}; none when the folder is missing. */
    List<Path> list(Path folder, String prefix) throws IOException;
}
