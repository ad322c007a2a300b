package dev.tarn.worker.source;

import com.github.luben.zstd.ZstdInputStream;
import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.protocol.FileOptions.Format;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** One file that is meant: a file as it was sent, what that unpacks to, or an entry of an archive. Can be read again and again. */
public final class Source {
    private final String name;
    private final Path path;
    private final Packing packing;
    private final @Nullable String entry;
    private final long packedBytes;
    private final UnpackLimit limit;
    private final Cancellation cancellation;
    private final Format format;
    private long counted;
    private @Nullable Path copy;

    Source(
            String name,
            Path path,
            Packing packing,
            @Nullable String entry,
            long packedBytes,
            UnpackLimit limit,
            Cancellation cancellation,
            Format format) {
        this.name = name;
        this.path = path;
        this.packing = packing;
        this.entry = entry;
        this.packedBytes = packedBytes;
        this.limit = limit;
        this.cancellation = cancellation;
        this.format = format;
    }

    Source as(Format known) {
        return new Source(name, path, packing, entry, packedBytes, limit, cancellation, known);
    }

    /** As the person calls it; an archive's name goes before that of its entry. */
    public String name() {
        return name;
    }

    public Format format() {
        return format;
    }

    /** Its share of the bytes that were sent, for progress. */
    public long packedBytes() {
        return packedBytes;
    }

    public SourceStream open() throws IOException {
        if (packing == Packing.ZIP && entry != null) {
            return openEntry(entry);
        }
        CountedFile file = new CountedFile(path);
        InputStream unpacked = switch (packing) {
            case NONE, ZIP -> file;
            case GZIP -> new GzipMembers(file);
            case ZSTD -> new ZstdInputStream(file);
        };
        return new Unpacked(this, unpacked, file::count, -1);
    }

    private SourceStream openEntry(String entryName) throws IOException {
        ZipFile zip = Archive.open(path, name);
        try {
            ZipEntry found = zip.getEntry(entryName);
            if (found == null) {
                throw SourceException.badFile(name + " is no longer there");
            }
            InputStream unpacked = zip.getInputStream(found);
            long[] count = new long[1];
            InputStream closing = new ZipEntryStream(unpacked, zip, count);
            double ratio = found.getSize() <= 0 ? 0 : (double) found.getCompressedSize() / found.getSize();
            return new Unpacked(this, closing, () -> Math.min(packedBytes, (long) (count[0] * ratio)), found.getCrc());
        } catch (ZipException e) {
            zip.close();
            throw SourceException.badFile(name + " cannot be unpacked: its way of compression is not known");
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    /** As UTF-8 without a byte order mark; what the encoding does not know arrives as a byte that is no UTF-8. */
    public TextStream openText(@Nullable String encoding) throws IOException {
        return TextStream.of(this, encoding);
    }

    /** The unpacked file on disk: the one that was sent when that is it, else a copy in {@code scratch}. */
    public Path plainFile(Path scratch) throws IOException {
        if (packing == Packing.NONE || (packing == Packing.ZIP && entry == null)) {
            return path;
        }
        if (copy == null) {
            copy = copied(open(), scratch);
        }
        return copy;
    }

    /** The same as text in UTF-8 without a byte order mark. */
    public Path plainText(Path scratch, @Nullable String encoding) throws IOException {
        if (copy == null) {
            TextStream text = openText(encoding);
            if (packing == Packing.NONE && text.isAsItStands()) {
                text.close();
                return path;
            }
            copy = copied(text, scratch);
        }
        return copy;
    }

    private Path copied(InputStream unpacked, Path scratch) throws IOException {
        Path file = Files.createTempFile(scratch, "source", "");
        try (unpacked;
                OutputStream out = Files.newOutputStream(file)) {
            unpacked.transferTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return file;
    }

    void deleteCopy() throws IOException {
        if (copy != null) {
            Files.deleteIfExists(copy);
        }
    }

    void checkCancelled() throws SourceException {
        if (cancellation.isRequested()) {
            throw new SourceException(Cancellation.failure());
        }
    }

    /** So many bytes of a workbook's parts were unpacked for the first time. */
    void countPart(long more) throws SourceException {
        limit.count(more);
    }

    /** A pass has unpacked so much of this source. */
    void count(long unpacked) throws SourceException {
        boolean packed = packing != Packing.NONE && !(packing == Packing.ZIP && entry == null);
        if (packed && unpacked > counted) {
            limit.count(unpacked - counted);
            counted = unpacked;
        }
    }
}
