package dev.tarn.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows as the CSV of docs/export.md: RFC 4180 with a header line; no value is an empty cell and an empty text a quoted one, nested
 * values are JSON. A cell is what the JSON answers have, without their quotes.
 */
final class CsvRows {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OutputStream out;
    private final ByteArrayOutputStream cells = new ByteArrayOutputStream();

    CsvRows(OutputStream out, List<String> header) throws IOException {
        this.out = out;
        for (int i = 0; i < header.size(); i++) {
            begin(i);
            text(header.get(i));
        }
        end();
    }

    void write(List<ValueWriter> writers, int row) throws IOException {
        cells.reset();
        try (JsonGenerator json = JSON.createGenerator(cells)) {
            json.writeStartArray();
            writers.forEach(writer -> writer.write(json, row));
            json.writeEndArray();
        }
        byte[] bytes = cells.toByteArray();
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            for (int i = 0; i < writers.size(); i++) {
                begin(i);
                cell(json, bytes);
            }
        }
        end();
    }

    private void cell(JsonParser json, byte[] bytes) throws IOException {
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            text(json.getString());
        } else if (token.isScalarValue()) {
            if (token != JsonToken.VALUE_NULL) {
                out.write(json.getString().getBytes(UTF_8));
            }
        } else {
            int start = (int) json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            text(new String(bytes, start, (int) json.currentLocation().getByteOffset() - start, UTF_8));
        }
    }

    private void begin(int cell) throws IOException {
        if (cell > 0) {
            out.write(',');
        }
    }

    private void end() throws IOException {
        out.write('\r');
        out.write('\n');
    }

    private void text(String text) throws IOException {
        String shown = needsQuotes(text) ? '"' + text.replace("\"", "\"\"") + '"' : text;
        out.write(shown.getBytes(UTF_8));
    }

    /** Blanks at the ends too: many programs take them away from cells without quotes. */
    private static boolean needsQuotes(String text) {
        return text.isEmpty()
                || text.charAt(0) == ' '
                || text.charAt(text.length() - 1) == ' '
                || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    }
}
