package dev.tarn.worker.source;

import java.io.FilterInputStream;
import java.io.InputStream;

/** Bytes of a source, and how far into its packed form they are. */
public abstract class SourceStream extends FilterInputStream {
    SourceStream(InputStream in) {
        super(in);
    }

    /** At most {@link Source#packedBytes}. */
    public abstract long packedBytesRead();
}
