package dev.tarn;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Small tables that tests load over HTTP, as a client would. */
public final class SampleTables {
    private SampleTables() {}

    /** Loads CSV text with the administrator's key. */
    public static RunningServer.Reply load(
            RunningServer server, String table, String mode, String csv, String... headers) {
        String[] all = new String[headers.length + 4];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + server.key();
        all[headers.length + 2] = "Content-Type";
        all[headers.length + 3] = "text/csv";
        return server.sendBody(
                "POST",
                "/tarn/v1/loads?filename=people.csv&mode=" + mode + "&table="
                        + URLEncoder.encode(table, StandardCharsets.UTF_8),
                HttpRequest.BodyPublishers.ofString(csv, StandardCharsets.UTF_8),
                all);
    }

    /** A new table in a namespace of its own, loaded from CSV text; returns its full name. */
    public static String make(RunningServer server, String csv) {
        String table = "iceberg.t" + UUID.randomUUID().toString().replace("-", "") + ".events";
        RunningServer.Reply reply = load(server, table, "create", csv);
        if (reply.status() != 200) {
            throw new AssertionError(reply.body());
        }
        return table;
    }
}
