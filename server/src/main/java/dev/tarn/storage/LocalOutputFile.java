package dev.tarn.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A local file to write; missing folders are made. */
record LocalOutputFile(String location, Path path, Disk disk) implements OutputFile {
    /** Parquet's writers hand over a few bytes at a time. */
    private static final int BUFFER_BYTES = 64 << 10;

    @Override
    public PositionOutputStream create() {
        return open(false);
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return open(true);
    }

    @Override
    public InputFile toInputFile() {
        return new LocalInputFile(location, path);
    }

    private PositionOutputStream open(boolean overwrite) {
        try {
            disk.createFolders(folder());
            return new DurableOutputStream(new BufferedOutputStream(disk.create(path, overwrite), BUFFER_BYTES));
        } catch (FileAlreadyExistsException e) {
            throw new AlreadyExistsException(e, "File already exists: %s", location);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Path folder() throws IOException {
        Path folder = path.getParent();
        if (folder == null) {
            throw new IOException("There is no folder above " + path);
        }
        return folder;
    }

    private RuntimeException failed(IOException cause) {
        return StorageFailures.of("Failed to write file: " + location, cause);
    }

    private final class DurableOutputStream extends PositionOutputStream {
        private final OutputStream bytes;
        private long position;
        private boolean closed;

        DurableOutputStream(OutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            try {
                bytes.write(source, offset, length);
                position += length;
            } catch (IOException e) {
                throw failed(e);
            }
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            try {
                bytes.close();
                disk.sync(path);
                disk.sync(folder());
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }
}
