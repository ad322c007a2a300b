package dev.tarn.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.MetadataTableType;

/** What can be read of a table beside its rows, under Iceberg's names. */
enum MetadataKind {
    SNAPSHOTS(MetadataTableType.SNAPSHOTS, false, false),
    HISTORY(MetadataTableType.HISTORY, false, true),
    REFS(MetadataTableType.REFS, false, true),
    FILES(MetadataTableType.FILES, true, false),
    PARTITIONS(MetadataTableType.PARTITIONS, true, false),
    MANIFESTS(MetadataTableType.MANIFESTS, true, false);

    private final MetadataTableType type;
    private final boolean ofVersion;
    private final boolean toldToAll;

    MetadataKind(MetadataTableType type, boolean ofVersion, boolean toldToAll) {
        this.type = type;
        this.ofVersion = ofVersion;
        this.toldToAll = toldToAll;
    }

    static Optional<MetadataKind> of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.text().equalsIgnoreCase(name))
                .findFirst();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    MetadataTableType type() {
        return type;
    }

    /** Whether it is another one for each version of the table. */
    boolean isOfVersion() {
        return ofVersion;
    }

    /** Whether it tells nothing of rows and columns, so that whoever may see a part of the table may see all of it. */
    boolean isToldToAll() {
        return toldToAll;
    }
}
