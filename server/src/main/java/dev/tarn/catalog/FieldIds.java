package dev.tarn.catalog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * Makes a Parquet file's columns those of a table. A worker that infers columns numbers them from 1, which in a table that is
 * replaced may be the ids of quite other columns, and Iceberg reads by id. The ids are in the footer, at the end of the file,
 * so it alone is written again.
 */
final class FieldIds {
    private static final int TAIL = 8; // the footer's length and PAR1

    private FieldIds() {}

    /** Which id each id of {@code from} has in {@code to}, a schema of the same columns; empty when all stay. */
    static Map<Integer, Integer> changes(Schema from, Schema to) {
        Map<Integer, Integer> changes = new HashMap<>();
        for (int id :
                org.apache.iceberg.types.TypeUtil.indexById(from.asStruct()).keySet()) {
            int other = to.findField(from.findColumnName(id)).fieldId();
            changes.put(id, other);
        }
        return changes.entrySet().stream().allMatch(change -> change.getKey().equals(change.getValue()))
                ? Map.of()
                : changes;
    }

    /** Changes the field ids in a file. */
    static void change(Path file, Map<Integer, Integer> changes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer tail = ByteBuffer.allocate(TAIL).order(ByteOrder.LITTLE_ENDIAN);
            while (tail.hasRemaining()) {
                if (channel.read(tail, channel.size() - TAIL + tail.position()) < 0) {
                    throw new IOException("The file ends early");
                }
            }
            long footerStart = channel.size() - TAIL - tail.getInt(0);
            channel.position(footerStart);
            FileMetaData footer = Util.readFileMetaData(Channels.newInputStream(channel));
            for (SchemaElement element : footer.getSchema()) {
                if (element.isSetField_id()) {
                    element.setField_id(changes.getOrDefault(element.getField_id(), element.getField_id()));
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Util.writeFileMetaData(footer, bytes);
            ByteBuffer end = ByteBuffer.allocate(bytes.size() + TAIL).order(ByteOrder.LITTLE_ENDIAN);
            end.put(bytes.toByteArray())
                    .putInt(bytes.size())
                    .put(tail.array(), 4, 4)
                    .flip();
            channel.truncate(footerStart).position(footerStart);
            while (end.hasRemaining()) {
                channel.write(end);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The field ids of a data file could not be changed", e);
        }
    }
}
