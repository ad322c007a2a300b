package dev.tarn.worker.load;

import java.io.IOException;

/** One file, or one sheet of one, whose values are texts in cells; opened once for every pass. */
interface TextSource {
    /** The only name of the file that may be shown. */
    String name();

    RecordReader open() throws IOException;

    /** Its share of the bytes that were sent. */
    long packedBytes();
}
