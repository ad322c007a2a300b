package dev.tarn.api.iceberg;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.rest.responses.LoadTableResponse;

/** The metadata of tables as it was written for whoever asked last: a metadata file never changes. */
final class LoadedTables {
    private static final long LIMIT_BYTES = 32L << 20;

    private final ObjectMapper mapper;
    private final Cache<String, Written> written = Caffeine.newBuilder()
            .maximumWeight(LIMIT_BYTES)
            .<String, Written>weigher((table, last) -> last.json().remaining())
            .build();

    /** One version of a table; without the snapshots that no branch names it has fewer. */
    private record Written(String location, int snapshots, ByteBuffer json) {}

    LoadedTables(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The answer; empty when it tells more than the metadata, which is for one caller alone, or when there is no file yet. */
    Optional<byte[]> answer(LoadTableResponse table) throws IOException {
        TableMetadata metadata = table.tableMetadata();
        String location = metadata.metadataFileLocation();
        if (location == null || hasMore(table)) {
            return Optional.empty();
        }
        int snapshots = metadata.snapshots().size();
        Written last = written.getIfPresent(metadata.uuid());
        if (last == null || !last.location().equals(location) || last.snapshots() != snapshots) {
            last = new Written(location, snapshots, json(metadata));
            written.put(metadata.uuid(), last);
        }
        byte[] head = ("{\"metadata-location\":" + mapper.writeValueAsString(location) + ",\"metadata\":")
                .getBytes(StandardCharsets.UTF_8);
        return Optional.of(ByteBuffer.allocate(head.length + last.json().remaining() + 1)
                .put(head)
                .put(last.json().duplicate())
                .put((byte) '}')
                .array());
    }

    private ByteBuffer json(TableMetadata metadata) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = mapper.getFactory().createGenerator(bytes)) {
            TableMetadataParser.toJson(metadata, json);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static boolean hasMore(LoadTableResponse table) {
        return !table.config().isEmpty()
                || !table.credentials().isEmpty()
                || !table.labels().isEmpty()
                || (table.remoteSigningConfig() != null
                        && !table.remoteSigningConfig().isEmpty());
    }
}
