package dev.tarn.backup;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup says of itself, inside what is encrypted.
 *
 * @param id of this backup, a UUID
 * @param createdAt ISO 8601 in UTC
 * @param tarnVersion of the program that made it
 * @param migrations the schema's versions, in their order
 * @param warehouse the folder of the tables' files, absolute
 */
record Manifest(
        String id,
        String createdAt,
        String tarnVersion,
        List<Migration> migrations,
        String database,
        String warehouse) {
    /** One version of the schema, with the checksum of its text: two builds may call different texts the same. */
    record Migration(String version, int checksum) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    String schemaVersion() {
        return migrations.isEmpty() ? "0" : migrations.getLast().version();
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    static Manifest read(String json) {
        try {
            return JSON.readValue(json, Manifest.class);
        } catch (JacksonException e) {
            throw BackupFailures.altered();
        }
    }
}
