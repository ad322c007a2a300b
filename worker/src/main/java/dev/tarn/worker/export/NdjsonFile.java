package dev.tarn.worker.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** One JSON object a line, one a row; a column without a value is null. */
public final class NdjsonFile implements ResultFile {
    private final OutputFile out;
    private final List<byte[]> names;
    private final List<JsonValue> values;

    public NdjsonFile(OutputFile out, List<FieldVector> vectors, List<String> columns) {
        this.out = out;
        this.names = columns.stream().map(JsonText::quoted).toList();
        List<JsonValue> writers = new ArrayList<>();
        vectors.forEach(vector -> writers.add(JsonValue.of(vector, out)));
        this.values = List.copyOf(writers);
    }

    @Override
    public void write(int rows) throws IOException {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < values.size(); i++) {
                out.put(i == 0 ? '{' : ',');
                out.put(names.get(i));
                out.put(':');
                values.get(i).write(row);
            }
            out.put('}');
            out.put('\n');
        }
    }

    @Override
    public void finish() throws IOException {
        out.finish();
    }
}
