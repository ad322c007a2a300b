package dev.tarn.worker.load;

import dev.tarn.worker.load.ColumnType.Base;
import org.apache.arrow.vector.FieldVector;

/** A place of values without parts. What is no text becomes one, where a text is wanted, as it stands in the file. */
final class JsonLeaf extends JsonSlot {
    private final ColumnWriter writer;
    private final String column;
    private final String typeText;
    private final Base base;
    private final boolean declared;

    /** {@code declared}: the type is not found out from the values, so that texts may be numbers too. */
    JsonLeaf(FieldVector vector, ColumnWriter writer, String column, String typeText, Base base, boolean declared) {
        super(vector);
        this.writer = writer;
        this.column = column;
        this.typeText = typeText;
        this.base = base;
        this.declared = declared;
    }

    @Override
    void start(int rows) {
        writer.start(rows);
    }

    @Override
    void ensure(int rows) {
        writer.ensure(rows);
    }

    @Override
    void write(JsonCursor in, int row) throws JsonFault {
        JsonCursor.Kind kind = in.kind();
        switch (kind) {
            case NULL -> {
                in.scalar();
                writer.writeNull(row);
            }
            case BOOLEAN, NUMBER -> {
                in.scalar();
                value(in, row, in.start(), in.end(), takes(kind));
            }
            case TEXT -> {
                in.text();
                value(in, row, in.start(), in.end(), takes(kind));
            }
            case OBJECT, ARRAY -> {
                in.skipBlanks();
                int start = in.position();
                in.skipRaw();
                value(in, row, start, in.position(), base == Base.STRING);
            }
        }
    }

    /** The name of a field that the cursor has just read, as a key of a map. */
    void writeName(JsonCursor in, int row) throws JsonFault {
        value(in, row, in.start(), in.end(), true);
    }

    private boolean takes(JsonCursor.Kind kind) {
        return switch (base) {
            case NOTHING -> false;
            case STRING -> true;
            case BOOLEAN -> declared || kind == JsonCursor.Kind.BOOLEAN;
            case INTEGER, BIGINT, DECIMAL, FLOAT, DOUBLE -> declared || kind == JsonCursor.Kind.NUMBER;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID -> kind == JsonCursor.Kind.TEXT;
        };
    }

    private void value(JsonCursor in, int row, int start, int end, boolean taken) throws JsonFault {
        if (!taken || !writer.write(row, in.bytes(), start, end)) {
            String value = Faults.shown(in.bytes(), start, end);
            throw JsonFault.misfit(
                    "has '" + Faults.brief(value) + "', which is no " + typeText + " as column '" + column + "' needs",
                    column,
                    value);
        }
    }

    @Override
    void writeNull(int row) {
        writer.writeNull(row);
    }

    @Override
    boolean isValid(int row) {
        return writer.isValid(row);
    }

    @Override
    void finish(int rows) {
        writer.finish(rows);
        writer.vector().makeTransferPair(vector()).transfer();
    }

    @Override
    void release() {
        if (writer instanceof TextWriter text) {
            text.release();
        }
        writer.vector().close();
    }
}
