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
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * Makes a Parquet file's columns those of a table. A worker numbers columns as it likes, which in the table may be the ids of
 * quite other ones, and Iceberg reads by id. The ids are in the footer, at the end of the file, so it alone is written again.
 */
final class FieldIds {
    private static final int TAIL = 8; // the footer's length and PAR1

    private final List<SchemaElement> elements;
    private int at;
    private boolean changed;

    private FieldIds(List<SchemaElement> elements) {
        this.elements = elements;
    }

    /**
     * Gives the file's columns, and all parts of them, the ids that those of the same names have in the schema.
     *
     * @return whether the file was changed
     */
    static boolean stamp(Path file, Schema schema) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            byte[] lengthAndMagic = new byte[TAIL];
            ByteBuffer tail = ByteBuffer.wrap(lengthAndMagic).order(ByteOrder.LITTLE_ENDIAN);
            while (tail.hasRemaining()) {
                if (channel.read(tail, channel.size() - TAIL + tail.position()) < 0) {
                    throw new IOException("The file ends early");
                }
            }
            long footerStart = channel.size() - TAIL - tail.getInt(0);
            channel.position(footerStart);
            FileMetaData footer = Util.readFileMetaData(Channels.newInputStream(channel));
            FieldIds ids = new FieldIds(footer.getSchema());
            ids.stampFields(schema.asStruct(), ids.elements.get(ids.at++).getNum_children());
            if (ids.changed) {
                write(channel, footer, footerStart, lengthAndMagic);
            }
            return ids.changed;
        } catch (IOException e) {
            throw new UncheckedIOException("The field ids of a data file could not be changed", e);
        }
    }

    private static void write(FileChannel channel, FileMetaData footer, long footerStart, byte[] lengthAndMagic)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, bytes);
        ByteBuffer end = ByteBuffer.allocate(bytes.size() + TAIL).order(ByteOrder.LITTLE_ENDIAN);
        end.put(bytes.toByteArray())
                .putInt(bytes.size())
                .put(lengthAndMagic, 4, 4)
                .flip();
        channel.truncate(footerStart).position(footerStart);
        while (end.hasRemaining()) {
            channel.write(end);
        }
    }

    /** The elements stand depth first, each with the number of its children. */
    private void stampFields(Type.NestedType type, int count) {
        for (int i = 0; i < count; i++) {
            SchemaElement element = elements.get(at++);
            NestedField field = type.isStructType()
                    ? type.asStructType().field(element.getName())
                    : type.fields().get(i);
            if (field == null) {
                throw new IllegalStateException(
                        "A data file has the column %s, which was not told".formatted(element.getName()));
            }
            stamp(element, field);
        }
    }

    private void stamp(SchemaElement element, NestedField field) {
        if (!element.isSetField_id() || element.getField_id() != field.fieldId()) {
            element.setField_id(field.fieldId());
            changed = true;
        }
        int children = element.getNum_children();
        if (children == 0) {
            return;
        }
        Type.NestedType type = field.type().asNestedType();
        if (type.isStructType()) {
            stampFields(type, children);
            return;
        }
        // A list's element and a map's key and value stand below a node that only repeats.
        SchemaElement repeated = elements.get(at++);
        stampFields(type, repeated.getNum_children());
    }
}
