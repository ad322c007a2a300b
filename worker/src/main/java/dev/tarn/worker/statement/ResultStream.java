package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes a result as an Arrow IPC stream. Each field carries DuckDB's own text of its type under {@value #TYPE}: Arrow alone
 * cannot tell a UUID or an INTERVAL from text.
 */
final class ResultStream {
    static final String TYPE = "tarn.type";

    private ResultStream() {}

    static void write(ResultRows rows, List<String> names, WritableByteChannel channel)
            throws IOException, TaskFailedException {
        IpcOption option = IpcOption.DEFAULT;
        VectorSchemaRoot batch = rows.batch();
        WriteChannel out = new WriteChannel(channel);
        MessageSerializer.serialize(
                out, schema(batch.getSchema(), names, rows.columns().types()), option);
        VectorUnloader unloader = new VectorUnloader(batch);
        while (rows.next()) {
            try (ArrowRecordBatch record = unloader.getRecordBatch()) {
                MessageSerializer.serialize(out, record, option);
            }
        }
        ArrowStreamWriter.writeEndOfStream(out, option);
    }

    private static Schema schema(Schema exported, List<String> names, List<String> types) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Field field = exported.getFields().get(i);
            Map<String, String> metadata = new TreeMap<>(field.getMetadata());
            metadata.put(TYPE, types.get(i));
            fields.add(new Field(
                    names.get(i),
                    new FieldType(field.isNullable(), field.getType(), field.getDictionary(), metadata),
                    field.getChildren()));
        }
        return new Schema(fields);
    }
}
