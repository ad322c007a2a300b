package dev.tarn.worker.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A source's text as UTF-8 without a byte order mark. */
public final class TextStream extends SourceStream {
    private final SourceStream packed;
    private final TextEncoding encoding;

    private TextStream(InputStream text, SourceStream packed, TextEncoding encoding) {
        super(text);
        this.packed = packed;
        this.encoding = encoding;
    }

    static TextStream of(Source source, @Nullable String told) throws IOException {
        SourceStream packed = source.open();
        try {
            byte[] head = packed.readNBytes(TextEncoding.HEAD_BYTES);
            TextEncoding encoding = TextEncoding.of(head, told, source.name());
            byte[] begun = Arrays.copyOfRange(head, encoding.markBytes(), head.length);
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(begun), packed);
            InputStream text = encoding.isUtf8() ? whole : new Transcoded(whole, encoding.charset());
            return new TextStream(text, packed, encoding);
        } catch (IOException e) {
            packed.close();
            throw e;
        }
    }

    /** The charset's name, in small letters. */
    public String encoding() {
        return encoding.charset().name().toLowerCase(Locale.ROOT);
    }

    /** Whether the bytes are the source's own. */
    boolean isAsItStands() {
        return encoding.isUtf8() && encoding.markBytes() == 0;
    }

    @Override
    public long packedBytesRead() {
        return packed.packedBytesRead();
    }
}
