package dev.tarn.cli.output;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Each row as an object: one a line, or all of them as one array with a row a line. A repeated name gets a number. */
public final class JsonSink implements RowSink {
    private final PrintStream out;
    private final boolean array;
    private List<String> names = List.of();
    private long rows;

    public JsonSink(PrintStream out, boolean array) {
        this.out = out;
        this.array = array;
    }

    @Override
    public void begin(List<Column> columns) {
        List<String> unique = new ArrayList<>();
        for (Column column : columns) {
            String name = column.name();
            for (int i = 1; unique.contains(name); i++) {
                name = column.name() + "_" + i;
            }
            unique.add(name);
        }
        names = unique;
    }

    @Override
    public void row(List<? extends @Nullable Object> values) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < names.size() && i < values.size(); i++) {
            members.put(names.get(i), values.get(i));
        }
        String before = array ? rows == 0 ? "[" : ",\n " : "";
        out.append(before).append(Json.write(new JsonObject(members))).append(array ? "" : "\n");
        rows++;
    }

    @Override
    public void end() {
        if (array) {
            out.append(rows == 0 ? "[" : "").append("]\n");
        }
        out.flush();
    }
}
