package dev.tarn.storage;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** A folder of files that is not kept yet. */
public final class NewBlob implements AutoCloseable {
    private final TableFiles files;
    private final WriteIntents intents;
    private final WriteIntent intent;
    private final Path folder;

    NewBlob(TableFiles files, WriteIntents intents, WriteIntent intent, Path folder) {
        this.files = files;
        this.intents = intents;
        this.intent = intent;
        this.folder = folder;
    }

    /** A new file, which is durable when its stream is closed. */
    public OutputStream create(String file) {
        return files.newOutputFile(intent.location() + "/" + file).create();
    }

    /** Where a file of that name is or will be, for a writer of another process. */
    public Path path(String file) {
        return folder.resolve(file);
    }

    /** Makes a file that another process wrote durable. */
    public void sync(String file) {
        files.sync(List.of(path(file)));
    }

    /** In the transaction that writes the row which names the folder: it is kept. */
    public void keep() {
        if (!intents.clear(intent)) {
            throw new TarnException(
                    ErrorCode.CONFLICT, "This took too long without a sign of life and was given up; start it again");
        }
    }

    /** Removes the files of a folder that will not be kept, at once: on a full disk nothing else can be written before. */
    public void empty() {
        files.deleteTree(intent.location());
    }

    /** Removes the folder unless it was kept. */
    @Override
    public void close() {
        intents.abort(intent);
    }
}
