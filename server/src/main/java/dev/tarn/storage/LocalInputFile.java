package dev.tarn.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** A local file to read. */
record LocalInputFile(String location, Path path) implements InputFile {

    @Override
    public long getLength() {
        try {
            return Files.size(path);
        } catch (NoSuchFileException e) {
            throw missing(e);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to read the length of file: " + location, e);
        }
    }

    @Override
    public SeekableInputStream newStream() {
        try {
            return new LocalInputStream(new RandomAccessFile(path.toFile(), "r"));
        } catch (FileNotFoundException e) {
            throw missing(e);
        }
    }

    @Override
    public boolean exists() {
        return Files.isRegularFile(path);
    }

    private NotFoundException missing(IOException cause) {
        return new NotFoundException(cause, "Failed to open input stream for file: %s", location);
    }

    private static final class LocalInputStream extends SeekableInputStream {
        private final RandomAccessFile file;

        LocalInputStream(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public long getPos() throws IOException {
            return file.getFilePointer();
        }

        @Override
        public void seek(long position) throws IOException {
            file.seek(position);
        }

        @Override
        public int read() throws IOException {
            return file.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return file.read(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
