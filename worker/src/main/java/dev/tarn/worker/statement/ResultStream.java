package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBResultSet;

/**
 * Writes a result as an Arrow IPC stream. Each field carries DuckDB's own text of its type under {@value #TYPE}: Arrow alone
 * cannot tell a UUID or an INTERVAL from text.
 */
final class ResultStream {
    static final String TYPE = "tarn.type";

    private static final int BATCH_ROWS = 8192;

    private final BufferAllocator allocator;
    private final Cancellation cancellation;
    private final LongConsumer rowsSoFar;

    ResultStream(BufferAllocator allocator, Cancellation cancellation, LongConsumer rowsSoFar) {
        this.allocator = allocator;
        this.cancellation = cancellation;
        this.rowsSoFar = rowsSoFar;
    }

    /** Returns the number of rows. */
    long write(DuckDBResultSet result, List<String> types, ChunkChannel chunks)
            throws SQLException, IOException, TaskFailedException {
        boolean huge = types.stream().anyMatch(type -> type.contains("HUGEINT"));
        IpcOption option = IpcOption.DEFAULT;
        long rows = 0;
        try (ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS)) {
            VectorSchemaRoot batch = reader.getVectorSchemaRoot();
            WriteChannel out = new WriteChannel(chunks);
            MessageSerializer.serialize(out, schema(batch.getSchema(), types), option);
            VectorUnloader unloader = new VectorUnloader(batch);
            while (reader.loadNextBatch()) {
                cancellation.check();
                if (huge) {
                    HugeIntegers.check(batch);
                }
                try (ArrowRecordBatch record = unloader.getRecordBatch()) {
                    MessageSerializer.serialize(out, record, option);
                }
                rows += batch.getRowCount();
                rowsSoFar.accept(rows);
            }
            cancellation.check();
            ArrowStreamWriter.writeEndOfStream(out, option);
        }
        chunks.flush();
        return rows;
    }

    private static Schema schema(Schema exported, List<String> types) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Field field = exported.getFields().get(i);
            Map<String, String> metadata = new TreeMap<>(field.getMetadata());
            metadata.put(TYPE, types.get(i));
            fields.add(new Field(
                    field.getName(),
                    new FieldType(field.isNullable(), field.getType(), field.getDictionary(), metadata),
                    field.getChildren()));
        }
        return new Schema(fields);
    }
}
