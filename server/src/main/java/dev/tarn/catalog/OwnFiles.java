package dev.tarn.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tarn.storage.TableFiles;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;

/**
 * Whether what a snapshot names is the table's own. Another engine has written its manifest list, and could have named any file
 * in it; the server would read that for somebody who may not. Snapshots never change, so each is looked at once.
 */
final class OwnFiles {
    private static final int MOST = 10_000;

    private final TableFiles files;
    private final Cache<Seen, Boolean> seen =
            Caffeine.newBuilder().maximumSize(MOST).build();

    private record Seen(String location, String manifestList) {}

    OwnFiles(TableFiles files) {
        this.files = files;
    }

    /** Returns when one file is. */
    void requireOwn(String location, String file) {
        files.requireOwn(location, file);
    }

    /**
     * Returns when all manifests are where the table's own may be.
     *
     * @throws dev.tarn.platform.TarnException {@code INVALID_REQUEST}
     */
    void check(String location, Snapshot snapshot) {
        Seen key = new Seen(location, snapshot.manifestListLocation());
        if (seen.getIfPresent(key) == null) {
            files.requireOwn(location, snapshot.manifestListLocation());
            for (ManifestFile manifest : snapshot.allManifests(files)) {
                files.requireOwn(location, manifest.path());
            }
            seen.put(key, true);
        }
    }
}
