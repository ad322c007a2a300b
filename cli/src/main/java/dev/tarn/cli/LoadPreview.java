package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.CellText;
import dev.tarn.cli.output.Column;
import dev.tarn.cli.output.TableSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows files as they would be loaded. They are uploaded for that, and removed again. */
record LoadPreview(Terminal terminal, TarnClient client, boolean json) {
    private static final int ROWS = 20;

    void show(List<LoadSource> sources, LoadWish wish) throws RequestException {
        String upload = new Loading(terminal, client).upload(sources).text("id", "");
        try {
            Map<String, @Nullable Object> request = new LinkedHashMap<>();
            request.put("upload", upload);
            request.put("table", wish.table());
            request.put("mode", wish.mode());
            request.put("rows", ROWS);
            if (!wish.options().isEmpty()) {
                request.put("options", new JsonObject(wish.options()));
            }
            if (!wish.columns().isEmpty()) {
                request.put("columns", wish.columns());
            }
            JsonObject preview = client.post("/tarn/v1/loads/preview", new JsonObject(request));
            if (json) {
                terminal.out().println(Json.write(preview));
            } else {
                print(preview, wish.table());
            }
        } finally {
            client.delete("/tarn/v1/uploads/" + upload);
        }
    }

    private void print(JsonObject preview, String table) {
        JsonObject found = preview.object("options");
        if (found != null) {
            terminal.out()
                    .println("Read as: "
                            + found.members().entrySet().stream()
                                    .filter(option -> option.getValue() != null)
                                    .map(option -> option.getKey() + " " + Json.write(option.getValue()))
                                    .collect(Collectors.joining(", ")));
        }
        List<Column> columns = new ArrayList<>();
        TableSink types = new TableSink(terminal.out(), "");
        types.begin(
                List.of(new Column("column", "STRING"), new Column("type", "STRING"), new Column("from", "STRING")));
        for (JsonObject column : preview.objects("columns")) {
            String name = column.text("name", "");
            columns.add(new Column(name, column.text("type", "")));
            types.row(List.of(name, column.text("type", ""), column.text("source", name)));
        }
        types.end();
        terminal.out().println();
        TableSink rows = new TableSink(terminal.out(), "");
        rows.begin(columns);
        if (preview.value("rows") instanceof List<?> list) {
            for (Object row : list) {
                if (row instanceof List<?> values) {
                    rows.row(values);
                }
            }
        }
        rows.end();
        for (String warning : preview.texts("warnings")) {
            terminal.out().println("Note: " + CellText.visible(warning));
        }
        terminal.out().println("Nothing was written to " + table + ".");
    }
}
