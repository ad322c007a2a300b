package dev.tarn.engine;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a statement answered: small results in memory, large ones in a scratch file that {@link #close} removes. */
public interface QueryResult extends AutoCloseable {

    List<ResultColumn> columns();

    long rowCount();

    /** What the statement read. */
    Reading reading();

    /** Writes every row in order; can be called more than once. Values are as {@code docs/sql.md} says. */
    void writeRows(JsonGenerator json, RowShape shape);

    /** The rows as an Arrow IPC stream, from its beginning; the caller closes it. The names of its fields may be others. */
    default InputStream arrow() {
        return ListedArrow.of(this);
    }

    /** All rows at once, for results that are known to be small. */
    default JsonNode toJson(RowShape shape) {
        JsonMapper mapper = JsonMapper.shared();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = mapper.createGenerator(bytes)) {
            json.writeStartArray();
            writeRows(json, shape);
            json.writeEndArray();
        }
        return mapper.readTree(bytes.toByteArray());
    }

    @Override
    void close();

    /** The two shapes of a row in JSON. */
    enum RowShape {
        /** {@code {"id":1,"name":"a"}} */
        OBJECT,
        /** {@code [1,"a"]} */
        ARRAY
    }
}
