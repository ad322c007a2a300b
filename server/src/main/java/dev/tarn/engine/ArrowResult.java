package dev.tarn.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import tools.jackson.core.JsonGenerator;

/** A worker's result, as the Arrow stream that it sent. */
final class ArrowResult implements QueryResult {
    private final ResultSpool spool;
    private final BufferAllocator allocator;
    private final List<ResultColumn> columns;
    private final long rowCount;
    private final Reading reading;

    ArrowResult(ResultSpool spool, BufferAllocator allocator, long rowCount, Reading reading) {
        this.spool = spool;
        this.allocator = allocator;
        this.rowCount = rowCount;
        this.reading = reading;
        this.columns = readColumns();
    }

    private List<ResultColumn> readColumns() {
        try (InputStream in = spool.open();
                ArrowStreamReader reader = new ArrowStreamReader(in, allocator)) {
            List<Field> fields = reader.getVectorSchemaRoot().getSchema().getFields();
            return OutputNames.columns(fields);
        } catch (IOException e) {
            throw new UncheckedIOException("A worker's result could not be read", e);
        }
    }

    @Override
    public List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public long rowCount() {
        return rowCount;
    }

    @Override
    public Reading reading() {
        return reading;
    }

    @Override
    public InputStream arrow() {
        return spool.open();
    }

    @Override
    public void writeRows(JsonGenerator json, RowShape shape) {
        try (InputStream in = spool.open();
                ArrowStreamReader reader = new ArrowStreamReader(in, allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            List<ValueWriter> writers =
                    root.getFieldVectors().stream().map(ValueWriter::of).toList();
            while (reader.loadNextBatch()) {
                for (int row = 0; row < root.getRowCount(); row++) {
                    RowWriter.start(json, shape);
                    for (int i = 0; i < writers.size(); i++) {
                        RowWriter.name(json, shape, columns.get(i).name());
                        writers.get(i).write(json, row);
                    }
                    RowWriter.end(json, shape);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A worker's result could not be read", e);
        }
    }

    @Override
    public void close() {
        spool.close();
    }
}
