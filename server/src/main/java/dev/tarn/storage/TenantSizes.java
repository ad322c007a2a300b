package dev.tarn.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much the files of tenants take: tables with all their versions, and the platform's own files. The folders are walked when
 * somebody asks. The larger they are the longer an answer stands, so that no more than a twentieth of the time goes into walks.
 */
public final class TenantSizes {
    private static final int SHARE = 20;
    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();

    private final Warehouse warehouse;
    private final Map<UUID, Measured> known = new ConcurrentHashMap<>();

    TenantSizes(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    private record Measured(long bytes, long begunNanos, long tookNanos) {
        boolean stands(long now) {
            return now - begunNanos - tookNanos < Math.min(LONGEST_NANOS, SHARE * tookNanos);
        }
    }

    /** In bytes. Whoever asks while another walks waits for that one. */
    public long of(UUID tenantId) {
        return known.compute(
                        tenantId,
                        (id, before) -> before != null && before.stands(System.nanoTime()) ? before : measured(id))
                .bytes();
    }

    private Measured measured(UUID tenantId) {
        long begun = System.nanoTime();
        long bytes = size(warehouse.path(warehouse.tenantLocation(tenantId)))
                + size(warehouse.path(warehouse.blobLocation(tenantId, ".")));
        return new Measured(bytes, begun, System.nanoTime() - begun);
    }

    private static long size(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        Sum sum = new Sum();
        try {
            Files.walkFileTree(folder, sum);
        } catch (IOException e) {
            throw StorageFailures.of("Failed to measure the files of a tenant", e);
        }
        return sum.bytes;
    }

    private static final class Sum extends LivingFolderVisitor {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }
    }
}
