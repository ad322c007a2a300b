package dev.tarn.worker.source;

import dev.tarn.worker.protocol.FileOptions.Format;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file is: first what its bytes prove, then what its name says, then what its text begins with. */
final class FormatGuess {
    private static final List<String> CSV = List.of(".csv", ".tsv", ".tab", ".psv");
    private static final List<String> JSON = List.of(".json", ".ndjson", ".jsonl", ".geojson");
    private static final List<String> PACKED = List.of(".gz", ".gzip", ".zst", ".zstd");

    private FormatGuess() {}

    /** {@code head}: the beginning of the unpacked file, which is no archive. */
    static Format of(byte[] head, String name, @Nullable String encoding) throws SourceException {
        if (Packing.begins(head, 'P', 'A', 'R', '1') || Packing.begins(head, 'P', 'A', 'R', 'E')) {
            return Format.PARQUET;
        }
        String plain = plainName(name);
        if (CSV.stream().anyMatch(plain::endsWith)) {
            return Format.CSV;
        }
        if (JSON.stream().anyMatch(plain::endsWith)) {
            return Format.JSON;
        }
        TextEncoding found = TextEncoding.of(head, encoding, name);
        String text =
                new String(head, found.markBytes(), head.length - found.markBytes(), found.charset()).stripLeading();
        return text.startsWith("{") || text.startsWith("[") ? Format.JSON : Format.CSV;
    }

    /** In small letters, without the endings that say how it is packed. */
    static String plainName(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        for (String packed : PACKED) {
            if (plain.endsWith(packed)) {
                return plain.substring(0, plain.length() - packed.length());
            }
        }
        return plain;
    }

    static boolean isNamedWorkbook(String name) {
        String plain = plainName(name);
        return plain.endsWith(".xlsx") || plain.endsWith(".xlsm");
    }
}
