package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with files.
 *
 * @param options how to read them, by the API's names
 * @param columns exactly these; empty for all
 * @param more further members of the load: add_columns, on_error, rejects_table, once
 */
record LoadWish(
        String table,
        String mode,
        Map<String, @Nullable Object> options,
        List<JsonObject> columns,
        Map<String, @Nullable Object> more) {

    static LoadWish of(String table, String mode, Map<String, @Nullable Object> options) {
        return new LoadWish(table, mode, options, List.of(), Map.of());
    }

    /** As a query, for a body that is the files themselves. */
    String query(String id) {
        StringBuilder query = new StringBuilder("table=").append(TarnClient.encode(table));
        query.append("&mode=").append(mode).append("&id=").append(id);
        options.forEach((name, value) -> append(query, name, value));
        more.forEach((name, value) -> append(query, name, value));
        return query.toString();
    }

    private static void append(StringBuilder query, String name, @Nullable Object value) {
        List<?> values = value instanceof List<?> list ? list : List.of(String.valueOf(value));
        for (Object one : values) {
            query.append('&').append(name).append('=').append(TarnClient.encode(String.valueOf(one)));
        }
    }

    /** As JSON, for files that are uploaded already. */
    JsonObject json(String id, String upload) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("upload", upload);
        members.put("id", id);
        members.put("table", table);
        members.put("mode", mode);
        if (!options.isEmpty()) {
            members.put("options", new JsonObject(options));
        }
        if (!columns.isEmpty()) {
            members.put("columns", columns);
        }
        members.putAll(more);
        return new JsonObject(members);
    }
}
