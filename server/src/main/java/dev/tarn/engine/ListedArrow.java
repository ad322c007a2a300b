package dev.tarn.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import tools.jackson.databind.JsonNode;

/** A small answer of the server's own as an Arrow stream: whole numbers, truth values, and text for all else. */
final class ListedArrow {
    private ListedArrow() {}

    static InputStream of(QueryResult result) {
        JsonNode rows = result.toJson(QueryResult.RowShape.ARRAY);
        List<Field> fields = result.columns().stream().map(ListedArrow::field).toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(fields), allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
            root.allocateNew();
            for (int row = 0; row < rows.size(); row++) {
                for (int i = 0; i < fields.size(); i++) {
                    set(root.getVector(i), row, rows.get(row).get(i));
                }
            }
            root.setRowCount(rows.size());
            writer.start();
            if (rows.size() > 0) {
                writer.writeBatch();
            }
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException("A listing could not be written", e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static Field field(ResultColumn column) {
        ArrowType type = switch (column.type()) {
            case "INT", "BIGINT" -> new ArrowType.Int(Long.SIZE, true);
            case "BOOLEAN" -> new ArrowType.Bool();
            default -> new ArrowType.Utf8();
        };
        return Field.nullable(column.name(), type);
    }

    private static void set(FieldVector vector, int row, JsonNode value) {
        switch (vector) {
            case FieldVector any when value.isNull() -> any.setNull(row);
            case BigIntVector numbers -> numbers.setSafe(row, value.asLong());
            case BitVector bits -> bits.setSafe(row, value.asBoolean() ? 1 : 0);
            case VarCharVector texts -> texts.setSafe(row, value.asString().getBytes(StandardCharsets.UTF_8));
            default -> throw new IllegalStateException("No listing has a " + vector.getField());
        }
    }
}
