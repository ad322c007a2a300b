package dev.tarn.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tarn.storage.TableFiles;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.InputFile;

/** Tables' metadata by the location of its file. A metadata file never changes, so an entry is never stale. */
final class MetadataCache {
    /** How many bytes of metadata files are kept, parsed; in memory they take a few times that. */
    static final long LIMIT_BYTES = 32L << 20;

    private final TableFiles files;
    private final OwnFiles ownFiles;
    private final Cache<String, Entry> entries = Caffeine.newBuilder()
            .maximumWeight(LIMIT_BYTES)
            .<String, Entry>weigher((location, entry) -> Math.toIntExact(Math.min(entry.bytes(), LIMIT_BYTES)))
            .build();

    MetadataCache(TableFiles files) {
        this.files = files;
        this.ownFiles = new OwnFiles(files);
    }

    OwnFiles ownFiles() {
        return ownFiles;
    }

    TableMetadata read(String location) {
        return entries.get(location, this::load).metadata();
    }

    private Entry load(String location) {
        InputFile file = files.newInputFile(location);
        return new Entry(TableMetadataParser.read(file), file.getLength());
    }

    private record Entry(TableMetadata metadata, long bytes) {}
}
