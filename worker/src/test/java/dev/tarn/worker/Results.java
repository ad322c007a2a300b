package dev.tarn.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.protocol.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;

/** A result as the server would read it. Values are compared as Arrow prints them. */
record Results(List<Field> fields, List<List<String>> rows, Message.Done done) {

    static Results of(List<Message> conversation) throws IOException {
        if (!(conversation.getLast() instanceof Message.Done done)) {
            throw new AssertionError("No result: " + conversation.getLast());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Message message : conversation) {
            if (message instanceof Message.Chunk chunk) {
                bytes.writeBytes(chunk.bytes());
            }
        }
        List<List<String>> rows = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(bytes.toByteArray()), allocator)) {
            List<Field> fields = reader.getVectorSchemaRoot().getSchema().getFields();
            while (reader.loadNextBatch()) {
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    List<String> values = new ArrayList<>();
                    for (FieldVector vector : reader.getVectorSchemaRoot().getFieldVectors()) {
                        Object value = vector.getObject(row);
                        values.add(
                                value instanceof byte[] blob
                                        ? new String(blob, UTF_8)
                                        : value == null ? null : value.toString());
                    }
                    rows.add(values);
                }
            }
            return new Results(fields, rows, done);
        }
    }

    List<String> names() {
        return fields.stream().map(Field::getName).toList();
    }

    /** DuckDB's text of the types. */
    List<String> types() {
        return fields.stream().map(Field::getMetadata).map(Results::type).toList();
    }

    List<String> arrowTypes() {
        return fields.stream().map(field -> field.getType().toString()).toList();
    }

    private static String type(Map<String, String> metadata) {
        return metadata.getOrDefault("tarn.type", "");
    }
}
