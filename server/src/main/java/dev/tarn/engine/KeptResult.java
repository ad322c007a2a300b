package dev.tarn.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** A result that is kept, see {@link KeptResults}. It is read anew by each call. */
public final class KeptResult {
    private static final int NUMBERS_A_BATCH = 2;
    private static final long ROWS_A_PAGE = 10_000;
    private static final long BYTES_A_PAGE = 16L << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Source rows;
    private final long[] places;
    private final BufferAllocator allocator;
    private final List<ResultColumn> columns;

    /** Bytes that can be read from any place on. */
    interface Source {
        InputStream from(long place) throws IOException;
    }

    private KeptResult(Source rows, long[] places, BufferAllocator allocator, List<ResultColumn> columns) {
        this.rows = rows;
        this.places = places;
        this.allocator = allocator;
        this.columns = columns;
    }

    static KeptResult open(Source rows, byte[] batches, BufferAllocator allocator) {
        try (InputStream in = rows.from(0);
                ArrowStreamReader reader = new ArrowStreamReader(in, allocator)) {
            LongBuffer numbers = ByteBuffer.wrap(batches).asLongBuffer();
            long[] places = new long[numbers.remaining()];
            numbers.get(places);
            List<ResultColumn> columns =
                    OutputNames.columns(reader.getVectorSchemaRoot().getSchema().getFields());
            return new KeptResult(rows, places, allocator, columns);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static UncheckedIOException unreadable(IOException cause) {
        return new UncheckedIOException("A kept result could not be read", cause);
    }

    public List<ResultColumn> columns() {
        return columns;
    }

    public long rowCount() {
        return firstRow(batches());
    }

    private int batches() {
        return places.length / NUMBERS_A_BATCH - 1;
    }

    private long firstRow(int batch) {
        return places[NUMBERS_A_BATCH * batch];
    }

    private long firstByte(int batch) {
        return places[NUMBERS_A_BATCH * batch + 1];
    }

    /**
     * Writes a page of rows: at most 10,000, and fewer where they are large.
     *
     * @param from the number of its first row, counted from 0
     * @return the number of the next page's first row; empty after the last row
     */
    public OptionalLong writePage(JsonGenerator json, QueryResult.RowShape shape, long from) {
        Page page = new Page(json, shape, from);
        if (from < rowCount()) {
            read(batchOf(from), page);
        }
        return page.next < rowCount() ? OptionalLong.of(page.next) : OptionalLong.empty();
    }

    private int batchOf(long row) {
        int batch = 0;
        for (int last = batches() - 1; batch < last; ) {
            int middle = (batch + last + 1) / 2;
            if (firstRow(middle) <= row) {
                batch = middle;
            } else {
                last = middle - 1;
            }
        }
        return batch;
    }

    /** Takes rows while it wants more. */
    private interface Taker {
        /** @return whether the rows after this batch are wanted too */
        boolean take(int batch, int count, List<ValueWriter> writers) throws IOException;
    }

    private final class Page implements Taker {
        private final JsonGenerator json;
        private final QueryResult.RowShape shape;
        private final long from;
        private long next;
        private double bytes;

        Page(JsonGenerator json, QueryResult.RowShape shape, long from) {
            this.json = json;
            this.shape = shape;
            this.from = from;
            this.next = from;
        }

        /** How large a row is, is known of its batch on the average. */
        @Override
        public boolean take(int batch, int count, List<ValueWriter> writers) {
            double bytesARow = (double) (firstByte(batch + 1) - firstByte(batch)) / Math.max(1, count);
            for (int row = (int) (next - firstRow(batch)); row < count; row++) {
                if (next - from == ROWS_A_PAGE || (next > from && bytes + bytesARow > BYTES_A_PAGE)) {
                    return false;
                }
                row(json, shape, writers, row);
                bytes += bytesARow;
                next++;
            }
            return true;
        }
    }

    private void row(JsonGenerator json, QueryResult.RowShape shape, List<ValueWriter> writers, int row) {
        RowWriter.start(json, shape);
        for (int i = 0; i < writers.size(); i++) {
            RowWriter.name(json, shape, columns.get(i).name());
            writers.get(i).write(json, row);
        }
        RowWriter.end(json, shape);
    }

    /** Reads the batches from one on; what stands before the first batch stands before every one. */
    private void read(int from, Taker taker) {
        try (InputStream batches = rows.from(firstByte(from));
                InputStream head = rows.from(0)) {
            byte[] schema = head.readNBytes(Math.toIntExact(firstByte(0)));
            InputStream in = new SequenceInputStream(new java.io.ByteArrayInputStream(schema), batches);
            try (ArrowStreamReader reader = new ArrowStreamReader(in, allocator)) {
                VectorSchemaRoot root = reader.getVectorSchemaRoot();
                List<ValueWriter> writers =
                        root.getFieldVectors().stream().map(ValueWriter::of).toList();
                int batch = from;
                while (reader.loadNextBatch() && taker.take(batch, root.getRowCount(), writers)) {
                    batch++;
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Writes every row as an object of its own line. */
    public void writeNdjson(OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.writer()
                .withRootValueSeparator("\n")
                .without(tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(out)) {
            read(0, (batch, count, writers) -> {
                for (int row = 0; row < count; row++) {
                    row(json, QueryResult.RowShape.OBJECT, writers, row);
                }
                return true;
            });
        }
        if (rowCount() > 0) {
            out.write('\n');
        }
        out.flush();
    }

    /** Writes every row in the CSV of exports. */
    public void writeCsv(OutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out);
        CsvRows csv =
                new CsvRows(buffered, columns.stream().map(ResultColumn::name).toList());
        read(0, (batch, count, writers) -> {
            for (int row = 0; row < count; row++) {
                csv.write(writers, row);
            }
            return true;
        });
        buffered.flush();
    }

    /** Writes the Arrow IPC stream. */
    public void writeArrow(OutputStream out) throws IOException {
        try (InputStream in = rows.from(0)) {
            in.transferTo(out);
        }
        out.flush();
    }
}
