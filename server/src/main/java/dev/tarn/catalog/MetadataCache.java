package dev.tarn.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.TableFiles;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;
import org.jspecify.annotations.Nullable;

/** Metadata of tables and views by the location of its file. A metadata file never changes, so an entry is never stale. */
final class MetadataCache {
    /** How many bytes of metadata files are kept, parsed; in memory they take a few times that. */
    static final long LIMIT_BYTES = 32L << 20;

    private final TableFiles files;
    private final OwnFiles ownFiles;
    private final Cache<String, Entry<TableMetadata>> tables = cache();
    private final Cache<String, Entry<ViewMetadata>> views = cache();

    MetadataCache(TableFiles files) {
        this.files = files;
        this.ownFiles = new OwnFiles(files);
    }

    OwnFiles ownFiles() {
        return ownFiles;
    }

    private static <T> Cache<String, Entry<T>> cache() {
        return Caffeine.newBuilder()
                .maximumWeight(LIMIT_BYTES)
                .<String, Entry<T>>weigher((location, entry) -> Math.toIntExact(Math.min(entry.bytes(), LIMIT_BYTES)))
                .build();
    }

    TableMetadata read(String location) {
        return tables.get(location, same -> load(location, TableMetadataParser::read))
                .metadata();
    }

    /**
     * Takes in what was just written: it need not be parsed.
     *
     * @param base what it takes the place of, which hardly anybody asks for from now on
     */
    void written(String location, TableMetadata metadata, @Nullable TableMetadata base) {
        if (base != null && base.metadataFileLocation() != null) {
            tables.invalidate(base.metadataFileLocation());
        }
        TableMetadata same = TableMetadata.buildFrom(metadata)
                .discardChanges()
                .withMetadataLocation(location)
                .build();
        tables.put(location, new Entry<>(same, files.newInputFile(location).getLength()));
    }

    ViewMetadata readView(String location) {
        return views.get(location, same -> load(location, ViewMetadataParser::read))
                .metadata();
    }

    private <T> Entry<T> load(String location, Function<InputFile, T> parser) {
        InputFile file = files.newInputFile(location);
        try {
            return new Entry<>(parser.apply(file), file.getLength());
        } catch (NotFoundException e) {
            throw e;
        } catch (RuntimeException e) {
            // As good as lost. Nobody can do anything with a failure of the parser's, least of all try again.
            throw new NotFoundException(e, "The metadata file is damaged or cut off: %s", location);
        }
    }

    /** What is told of a table or view whose metadata file, which its name points to, is lost or damaged. */
    static TarnException lost(TableName name, NotFoundException failure) {
        return new TarnException(
                ErrorCode.INTERNAL,
                "A metadata file of %s is lost or damaged; put it back from a backup of the warehouse, or drop the table"
                        .formatted(name.text()),
                failure);
    }

    private record Entry<T>(T metadata, long bytes) {}
}
