package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.source.Source;
import dev.tarn.worker.source.TextStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of text of a load; how each of them is cut is told by the options, else by its beginning. */
final class CsvSources {
    private static final int HEAD_BYTES = 256 << 10;
    private static final int LONGEST_HEAD_BYTES = 4 << 20;
    private static final int MOST_WARNINGS = 10;

    private CsvSources() {}

    static TextSources of(LoadContext context) throws IOException, TaskFailedException {
        FileOptions told = context.task().options();
        CsvOptions options = CsvOptions.of(told);
        List<TextSource> all = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        FileOptions found = told;
        for (Source source : context.sources().all()) {
            try (TextStream text = source.openText(told.encoding())) {
                CsvSniffer sniffer = new CsvSniffer(options, head(text), source.name());
                CsvFormat format = sniffer.format();
                if (warnings.size() < MOST_WARNINGS) {
                    warnings.addAll(sniffer.warnings());
                }
                if (all.isEmpty()) {
                    found = found(told, format, text.encoding());
                }
                all.add(new CsvSource(source, told.encoding(), format));
            }
        }
        return new TextSources(all, found, warnings);
    }

    /** Enough for the delimiter to be seen, and whether that is the whole text. */
    private static CsvSniffer.Head head(TextStream text) throws IOException {
        byte[] head = text.readNBytes(HEAD_BYTES);
        if (head.length == HEAD_BYTES && !hasLineBreak(head)) {
            byte[] more = text.readNBytes(LONGEST_HEAD_BYTES);
            byte[] joined = new byte[head.length + more.length];
            System.arraycopy(head, 0, joined, 0, head.length);
            System.arraycopy(more, 0, joined, head.length, more.length);
            head = joined;
        }
        return CsvSniffer.Head.of(head, text.read() < 0);
    }

    private static boolean hasLineBreak(byte[] head) {
        for (byte b : head) {
            if (b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }

    private static FileOptions found(FileOptions told, CsvFormat format, String encoding) {
        return new FileOptions(
                FileOptions.Format.CSV,
                encoding,
                format.delimiter() == '\t' ? "\\t" : character(format.delimiter()),
                character(format.quote()),
                character(format.escape()),
                character(format.comment()),
                told.header(),
                format.skipLines(),
                told.decimal(),
                told.thousands(),
                told.dateOrder(),
                told.nullWords(),
                null,
                null);
    }

    private static @Nullable String character(int ascii) {
        return ascii < 0 ? "" : String.valueOf((char) ascii);
    }
}
