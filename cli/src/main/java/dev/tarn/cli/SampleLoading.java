package dev.tarn.cli;

import dev.tarn.cli.client.JsonNumber;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.sample.RetailSample;
import dev.tarn.cli.sample.SampleTable;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Brings the retail sample into {@code iceberg.shop}, leaving every table that has rows as it is. */
final class SampleLoading {
    private static final long SEED = 20_260_401;
    private static final String NAMESPACE = "shop";

    private final Terminal terminal;
    private final TarnClient client;
    private final Narration narration;

    SampleLoading(Terminal terminal, TarnClient client, Narration narration) {
        this.terminal = terminal;
        this.client = client;
        this.narration = narration;
    }

    /** What is there afterwards: each table's name, rows, and whether it was loaded now. */
    List<JsonObject> run(RetailSample.Size size) throws RequestException {
        Map<String, Long> present = rowsPresent();
        LocalDateTime now = LocalDateTime.ofInstant(terminal.clock().instant(), ZoneOffset.UTC);
        RetailSample sample = new RetailSample(SEED, now.truncatedTo(ChronoUnit.MINUTES), size);
        Loading loading = new Loading(terminal, client);
        List<JsonObject> tables = new ArrayList<>();
        boolean announced = false;
        for (SampleTable table : sample.tables()) {
            String name = "iceberg." + NAMESPACE + "." + table.name();
            long rows = present.getOrDefault(table.name(), 0L);
            boolean missing = rows == 0;
            if (missing) {
                if (!announced) {
                    narration.say("Making and loading the retail sample");
                    announced = true;
                }
                String mode = present.containsKey(table.name()) ? "replace" : "create";
                JsonObject load =
                        loading.send(List.of(LoadSource.of(table)), LoadWish.of(name, mode, Map.of("header", true)));
                rows = load.number("rows");
                narration.say("  " + name + ": " + Amount.rows(rows) + ", " + Amount.bytes(load.number("bytes_read"))
                        + " of CSV, " + load.number("elapsed_ms") + " ms");
            }
            tables.add(
                    JsonObject.of("name", name, "row_count", new JsonNumber(Long.toString(rows)), "loaded", missing));
        }
        if (!announced) {
            narration.say("The retail sample is there already; nothing was loaded");
        }
        return tables;
    }

    private Map<String, Long> rowsPresent() throws RequestException {
        Map<String, Long> rows = new TreeMap<>();
        try {
            for (JsonObject table : client.fetchAll("/tarn/v1/tables?namespace=" + NAMESPACE, "tables")) {
                rows.put(table.text("table", ""), table.number("row_count"));
            }
        } catch (RequestException.Refused refused) {
            if (refused.problem().status() != 404) {
                throw refused;
            }
        }
        return rows;
    }
}
