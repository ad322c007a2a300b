package dev.tarn.catalog;

import dev.tarn.storage.DoomedFile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Files that no version of a table names any more. */
record ExpiredFiles(List<DoomedFile> files, Map<ExpiredFiles.Kind, Long> counts, long bytes) {
    /** What a file holds. */
    enum Kind {
        DATA,
        DELETES,
        MANIFEST,
        MANIFEST_LIST,
        STATISTICS
    }

    static final ExpiredFiles NONE = new ExpiredFiles(List.of(), Map.of(), 0);

    long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    static final class Builder {
        private final List<DoomedFile> files = new ArrayList<>();
        private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        private long bytes;

        void add(Kind kind, DoomedFile file) {
            files.add(file);
            counts.merge(kind, 1L, Long::sum);
            bytes += file.bytes();
        }

        ExpiredFiles build() {
            return new ExpiredFiles(List.copyOf(files), Map.copyOf(counts), bytes);
        }
    }
}
