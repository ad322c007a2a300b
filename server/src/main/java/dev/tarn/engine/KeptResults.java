package dev.tarn.engine;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageMetadataResult;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Results in files, for longer than their request. A result is an Arrow IPC stream, and beside it the place of each of its batches:
 * two numbers, the first row's and the first byte's, and at last the numbers of all. So a page is read from where it begins.
 */
public final class KeptResults {
    /** The file of the rows. */
    public static final String ROWS = "rows.arrow";

    /** The file of the batches' places. */
    public static final String BATCHES = "batches";

    private static final int COPY_BYTES = 64 << 10;
    private static final int CONTINUATION = 0xFFFFFFFF;

    private final BufferAllocator allocator;

    KeptResults(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Writes all rows of a result. The streams stay open. */
    public void write(QueryResult result, OutputStream rows, OutputStream batches) throws IOException {
        DataOutputStream places = new DataOutputStream(batches);
        WriteChannel out = new WriteChannel(Channels.newChannel(rows));
        ByteBuffer copy = ByteBuffer.allocate(COPY_BYTES);
        try (ReadChannel in = new ReadChannel(Channels.newChannel(result.arrow()))) {
            Schema schema = named(MessageSerializer.deserializeSchema(in), result.columns());
            MessageSerializer.serialize(out, schema, IpcOption.DEFAULT);
            long count = 0;
            for (MessageMetadataResult next = read(in); next != null; next = read(in)) {
                places.writeLong(count);
                places.writeLong(out.getCurrentPosition());
                out.writeIntLittleEndian(CONTINUATION);
                out.writeIntLittleEndian(next.getMessageLength());
                out.write(next.getMessageBuffer());
                copy(in, out, next.getMessageBodyLength(), copy);
                RecordBatch batch = (RecordBatch) next.getMessage().header(new RecordBatch());
                count += batch == null ? 0 : batch.length();
            }
            places.writeLong(count);
            places.writeLong(out.getCurrentPosition());
            ArrowStreamWriter.writeEndOfStream(out, IpcOption.DEFAULT);
        }
        places.flush();
    }

    private static @Nullable MessageMetadataResult read(ReadChannel in) throws IOException {
        return MessageSerializer.readMessage(in);
    }

    private static void copy(ReadChannel in, WriteChannel out, long bytes, ByteBuffer through) throws IOException {
        for (long left = bytes; left > 0; left -= through.limit()) {
            through.clear().limit((int) Math.min(left, through.capacity()));
            in.readFully(through);
            out.write(through.flip());
        }
    }

    private static Schema named(Schema schema, List<ResultColumn> columns) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Field field = schema.getFields().get(i);
            fields.add(new Field(
                    columns.get(i).name(),
                    new FieldType(field.isNullable(), field.getType(), field.getDictionary(), field.getMetadata()),
                    field.getChildren()));
        }
        return new Schema(fields);
    }

    /**
     * A result that was written into a folder.
     *
     * @throws TarnException {@code NOT_FOUND} when it is not there any more
     */
    public KeptResult open(Path folder) {
        Path rows = folder.resolve(ROWS);
        Path batches = folder.resolve(BATCHES);
        if (!Files.exists(rows) || !Files.exists(batches)) {
            throw new TarnException(
                    ErrorCode.NOT_FOUND, "The rows of this result are not kept any more; send the statement again");
        }
        try {
            return KeptResult.open(place -> from(rows, place), Files.readAllBytes(batches), allocator);
        } catch (IOException e) {
            throw KeptResult.unreadable(e);
        }
    }

    private static InputStream from(Path file, long place) throws IOException {
        return Channels.newInputStream(FileChannel.open(file).position(place));
    }

    /** A small result, kept in memory. */
    public KeptResult of(QueryResult result) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        ByteArrayOutputStream batches = new ByteArrayOutputStream();
        try {
            write(result, rows, batches);
        } catch (IOException e) {
            throw KeptResult.unreadable(e);
        }
        byte[] bytes = rows.toByteArray();
        return KeptResult.open(
                place -> new ByteArrayInputStream(bytes, (int) place, bytes.length - (int) place),
                batches.toByteArray(),
                allocator);
    }
}
