package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.ReadableView;
import dev.tarn.catalog.TableName;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.io.CloseableIterable;

/** What a name in a query stands for. */
sealed interface NamedSource {
    /** Under which the worker knows it. */
    TableName name();

    /** A table of the catalog. */
    record OfTable(TableName name, ReadableTable table) implements NamedSource {}

    /** A query with a name. */
    record OfView(TableName name, ReadableView view) implements NamedSource {}

    /** Rows that the server knows. */
    record OfRows(TableName name, Schema schema, Rows rows) implements NamedSource {}

    /** Read once, when the rest of the query is known to be right; values are Iceberg's internal ones. */
    interface Rows {
        CloseableIterable<StructLike> read();
    }
}
