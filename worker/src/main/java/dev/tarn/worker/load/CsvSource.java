package dev.tarn.worker.load;

import dev.tarn.worker.source.Source;
import dev.tarn.worker.source.TextStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of text and how it is cut. */
record CsvSource(Source source, @Nullable String encoding, CsvFormat format) implements TextSource {
    @Override
    public String name() {
        return source.name();
    }

    @Override
    public RecordReader open() throws IOException {
        TextStream text = source.openText(encoding);
        return new CsvReader(text, format, text.encoding(), text::packedBytesRead);
    }

    @Override
    public long packedBytes() {
        return source.packedBytes();
    }
}
