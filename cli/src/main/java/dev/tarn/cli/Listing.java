package dev.tarn.cli;

import dev.tarn.cli.client.JsonNumber;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.Column;
import dev.tarn.cli.output.TableSink;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list of the API's objects as a table: each column has a heading and says how it is read from an object. */
public final class Listing {
    private final List<Column> columns = new ArrayList<>();
    private final List<Function<JsonObject, @Nullable Object>> cells = new ArrayList<>();

    public Listing text(String heading, Function<JsonObject, @Nullable Object> cell) {
        return add(new Column(heading, "STRING"), cell);
    }

    public Listing text(String heading, String member) {
        return text(heading, object -> object.value(member));
    }

    public Listing count(String heading, String member) {
        return add(
                new Column(heading, "BIGINT"),
                object -> object.value(member) instanceof JsonNumber number ? Amount.count(number.asLong()) : null);
    }

    /** A number as the server wrote it. */
    public Listing number(String heading, String member) {
        return add(new Column(heading, "DECIMAL"), object -> object.value(member));
    }

    public Listing bytes(String heading, String member) {
        return add(
                new Column(heading, "BIGINT"),
                object -> object.value(member) instanceof JsonNumber number ? Amount.bytes(number.asLong()) : null);
    }

    private Listing add(Column column, Function<JsonObject, @Nullable Object> cell) {
        columns.add(column);
        cells.add(cell);
        return this;
    }

    public void print(PrintStream out, List<JsonObject> objects) {
        TableSink sink = new TableSink(out, "");
        sink.begin(columns);
        for (JsonObject object : objects) {
            @Nullable Object[] row = new @Nullable Object[cells.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = cells.get(i).apply(object);
            }
            sink.row(Arrays.asList(row));
        }
        sink.end();
    }

    /** A text of one line, cut to fit a table. */
    public static @Nullable String shortened(@Nullable String text, int length) {
        if (text == null) {
            return null;
        }
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= length ? line : line.substring(0, length - 1) + "…";
    }
}
