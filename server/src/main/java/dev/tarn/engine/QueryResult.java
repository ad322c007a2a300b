package dev.tarn.engine;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What a statement answered: small results in memory, large ones in a scratch file that {@link #close} removes. */
public interface QueryResult extends AutoCloseable {

    List<ResultColumn> columns();

    long rowCount();

    /** Compressed bytes of the column chunks that the statement read. */
    long bytesScanned();

    /** Writes every row in order; can be called more than once. Values are as {@code docs/sql.md} says. */
    void writeRows(JsonGenerator json, RowShape shape);

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
