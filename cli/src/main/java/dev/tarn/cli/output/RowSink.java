package dev.tarn.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a result as it arrives: the columns once, each row, the end. Values are as {@code Json} reads them. */
public interface RowSink {
    void begin(List<Column> columns);

    void row(List<? extends @Nullable Object> values);

    void end();
}
