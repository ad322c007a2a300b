package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The records of all files as Arrow batches, each as it is read. */
final class JsonBatches extends Batches {
    private static final int BATCH_ROWS = 8_192;
    private static final int BATCH_CELLS = 500_000;
    private static final long BATCH_BYTES = 8 << 20;

    private final LoadContext context;
    private final JsonTable table;
    private final JsonRows rows;
    private final JsonStruct.JsonFields fields;
    private final List<EngineColumn> columns;
    private final VectorSchemaRoot root;
    private final int batchRows;
    private long rowsSoFar;

    JsonBatches(JsonTable table, Rejects rejects, LoadContext context) throws TaskFailedException {
        super(context.allocator());
        this.context = context;
        this.table = table;
        this.columns = table.read();
        List<FieldVector> vectors = new ArrayList<>();
        List<JsonSlot> slots = new ArrayList<>();
        ColumnWriters writers = new ColumnWriters(context.allocator(), Notation.PLAIN, NullWords.of(List.of()));
        for (JsonPlan plan : table.plans(context.task(), writers)) {
            FieldVector vector = plan.field().createVector(context.allocator());
            vectors.add(vector);
            slots.add(plan.slot().over(vector));
        }
        boolean chosen = !context.task().given().isEmpty();
        fields = new JsonStruct.JsonFields("", columns.stream().map(table::key).toList(), slots, chosen);
        root = new VectorSchemaRoot(vectors);
        batchRows = Math.clamp(BATCH_CELLS / Math.max(1, slots.size()), 64, BATCH_ROWS);
        rows = new JsonRows(context, rejects);
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() {
        return root;
    }

    @Override
    int fill() throws IOException, TaskFailedException, GuessRefutedException {
        context.cancellation().check();
        fields.slots().forEach(slot -> slot.start(batchRows));
        boolean[] refuted = new boolean[1];
        int count = 0;
        long end = rows.textBytesRead() + BATCH_BYTES;
        while (count < batchRows && rows.textBytesRead() < end) {
            int row = count;
            if (!rows.next(record -> write(record, row, refuted))) {
                break;
            }
            if (refuted[0]) {
                throw new GuessRefutedException();
            }
            count++;
        }
        if (count > 0) {
            for (JsonSlot slot : fields.slots()) {
                slot.finish(count);
            }
        }
        root.setRowCount(count);
        rowsSoFar += count;
        context.progress().at(rows.packedBytesRead(), rowsSoFar);
        return count;
    }

    private void write(JsonCursor record, int row, boolean[] refuted) throws JsonFault {
        try {
            fields.write(record, row);
        } catch (JsonFault e) {
            if (e.isMisfit() && !table.isFinal(context.task())) {
                // Whether it is a fault is seen when all records were looked at.
                refuted[0] = true;
                skipRest(record);
                return;
            }
            throw e;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).required() && !fields.hasValue(i, row)) {
                String name = columns.get(i).name();
                throw JsonFault.misfit("has no value for '" + name + "', which must have one", name, "");
            }
        }
    }

    private static void skipRest(JsonCursor record) {
        record.over(record.bytes(), 0, 0);
    }

    @Override
    public long bytesRead() {
        return rows.packedBytesRead();
    }

    @Override
    protected void closeReadSource() throws IOException {
        fields.slots().forEach(JsonSlot::release);
        root.close();
        rows.close();
    }
}
