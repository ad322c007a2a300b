package dev.tarn.worker.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The parts of a workbook, which is a zip archive; what they unpack to is bounded as for any archive. */
public final class WorkbookFile implements AutoCloseable {
    private final Source source;
    private final ZipFile zip;
    /** The most that a pass has unpacked of each part. */
    private final Map<String, Long> counted = new HashMap<>();

    private WorkbookFile(Source source, ZipFile zip) {
        this.source = source;
        this.zip = zip;
    }

    public static WorkbookFile open(Source source, Path scratch) throws IOException {
        Path plain = source.plainFile(scratch);
        ZipFile zip = Archive.open(plain, source.name());
        try {
            if (!Archive.isWorkbook(zip, source.name())) {
                throw SourceException.badFile(source.name() + " is not a workbook");
            }
            return new WorkbookFile(source, zip);
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    public boolean has(String part) {
        return zip.getEntry(part) != null;
    }

    public SourceStream part(String part) throws IOException {
        ZipEntry entry = zip.getEntry(part);
        if (entry == null) {
            throw SourceException.badFile(source.name() + " is damaged: it has no " + part);
        }
        try {
            return new Part(part, zip.getInputStream(entry), entry);
        } catch (ZipException e) {
            throw SourceException.badFile(source.name() + " cannot be unpacked: its way of compression is not known");
        }
    }

    /** A part; its share of the workbook's bytes is that of the whole workbook. */
    private final class Part extends SourceStream {
        private final String name;
        private final long size;
        private final Unpacked unpacked;
        private volatile long count;

        Part(String name, InputStream in, ZipEntry entry) {
            this(name, entry, new Unpacked(source, in, () -> 0, entry.getCrc()));
        }

        private Part(String name, ZipEntry entry, Unpacked unpacked) {
            super(unpacked);
            this.name = name;
            this.size = entry.getSize();
            this.unpacked = unpacked;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads, others look on
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = unpacked.read(target, offset, length);
            if (read > 0) {
                count += read;
                long before = counted.getOrDefault(name, 0L);
                if (count > before) {
                    source.countPart(count - before);
                    counted.put(name, count);
                }
            }
            return read;
        }

        @Override
        public long packedBytesRead() {
            return size <= 0 ? 0 : (long) (source.packedBytes() * Math.min(1.0, (double) count / size));
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
