package dev.tarn.cli.output;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to a statement, handed on row by row so that a result of 100 MB needs no memory of its size. */
public record StatementAnswer(long rowCount, long elapsedMs, long bytesScanned) {

    public static StatementAnswer read(InputStream in, RowSink sink) throws IOException {
        long rowCount = 0;
        long elapsedMs = 0;
        long bytesScanned = 0;
        try (JsonParser parser = Json.parser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("The answer is no JSON object.");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "columns" -> sink.begin(columns(Json.value(parser)));
                    case "rows" -> rows(parser, sink);
                    case "row_count" -> rowCount = parser.getLongValue();
                    case "elapsed_ms" -> elapsedMs = parser.getLongValue();
                    case "bytes_scanned" -> bytesScanned = parser.getLongValue();
                    default -> parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("The answer ended in the middle.");
            }
        }
        sink.end();
        return new StatementAnswer(rowCount, elapsedMs, bytesScanned);
    }

    public static List<Column> columns(@Nullable Object value) {
        List<Column> columns = new ArrayList<>();
        for (JsonObject column : JsonObject.of("columns", value).objects("columns")) {
            columns.add(new Column(column.text("name", ""), column.text("type", "")));
        }
        return columns;
    }

    private static void rows(JsonParser parser, RowSink sink) throws IOException {
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            List<@Nullable Object> row = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                row.add(Json.value(parser));
            }
            sink.row(row);
        }
    }
}
