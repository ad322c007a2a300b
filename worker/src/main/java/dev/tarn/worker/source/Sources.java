package dev.tarn.worker.source;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.FileOptions.Format;
import dev.tarn.worker.protocol.InputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of one load, in the order in which they were sent; all of them of one format. Copies go with {@link #close}. */
public final class Sources implements AutoCloseable {
    private final List<Source> all = new ArrayList<>();
    private final List<Closeable> kept = new ArrayList<>();
    private final FileOptions options;
    private final Cancellation cancellation;

    private Sources(FileOptions options, Cancellation cancellation) {
        this.options = options;
        this.cancellation = cancellation;
    }

    public static Sources of(List<InputFile> files, FileOptions options, Cancellation cancellation) throws IOException {
        Sources sources = new Sources(options, cancellation);
        for (InputFile file : files) {
            sources.add(file);
        }
        sources.checkFormats();
        return sources;
    }

    /** At least one. */
    public List<Source> all() {
        return List.copyOf(all);
    }

    public Format format() {
        return all.getFirst().format();
    }

    public List<String> names() {
        return all.stream().map(Source::name).toList();
    }

    public long packedBytes() {
        return all.stream().mapToLong(Source::packedBytes).sum();
    }

    /** Closes what reads the sources together with them. */
    public void closeWithThem(Closeable reader) {
        kept.add(reader);
    }

    private void add(InputFile file) throws IOException {
        Path path = Path.of(file.path());
        String name = file.displayName();
        if (!Files.isRegularFile(path)) {
            throw SourceException.badFile("The file " + name + " is not there");
        }
        byte[] head = head(Files.newInputStream(path));
        refuse(head, name);
        long size = Files.size(path);
        UnpackLimit limit = new UnpackLimit(name, size);
        Packing packing = Packing.of(head);
        Source plain = new Source(name, path, packing, null, size, limit, cancellation, Format.CSV);
        if (packing == Packing.ZIP) {
            addArchive(plain, path, limit);
        } else {
            all.add(recognised(plain));
        }
    }

    private void addArchive(Source archive, Path path, UnpackLimit limit) throws IOException {
        List<Source> entries = new ArrayList<>();
        try (ZipFile zip = Archive.open(path, archive.name())) {
            if (Archive.isWorkbook(zip, archive.name())) {
                all.add(archive.as(told(Format.XLSX)));
                return;
            }
            for (ZipEntry entry : Archive.files(zip, archive.name())) {
                String name = archive.name() + "/" + entry.getName();
                long size = Math.max(0, entry.getCompressedSize());
                entries.add(
                        new Source(name, path, Packing.ZIP, entry.getName(), size, limit, cancellation, Format.CSV));
            }
        }
        for (Source entry : entries) {
            all.add(recognised(entry));
        }
    }

    private Source recognised(Source source) throws IOException {
        byte[] head = head(source.open());
        refuse(head, source.name());
        Packing inner = Packing.of(head);
        if (inner == Packing.ZIP && FormatGuess.isNamedWorkbook(source.name())) {
            return source.as(told(Format.XLSX));
        }
        if (inner != Packing.NONE) {
            throw SourceException.badFile(
                    source.name() + " holds another compressed file; files may be packed only once");
        }
        return source.as(
                options.format() != null ? options.format() : FormatGuess.of(head, source.name(), options.encoding()));
    }

    private Format told(Format found) throws SourceException {
        if (options.format() != null && options.format() != found) {
            throw SourceException.badFile("The file is of format " + found + ", not " + options.format());
        }
        return found;
    }

    private static void refuse(byte[] head, String name) throws SourceException {
        String refusal = Packing.refusal(head);
        if (refusal != null) {
            throw SourceException.badFile(name + " " + refusal);
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        try (in) {
            return in.readNBytes(TextEncoding.HEAD_BYTES);
        }
    }

    private void checkFormats() throws SourceException {
        Source first = all.getFirst();
        for (Source source : all) {
            if (source.format() != first.format()) {
                throw SourceException.badFile("The files of one load must be of one format, but " + first.name()
                        + " is " + first.format() + " and " + source.name() + " is " + source.format());
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable reader : kept) {
            reader.close();
        }
        for (Source source : all) {
            source.deleteCopy();
        }
    }
}
