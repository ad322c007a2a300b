package dev.tarn.loading;

import dev.tarn.worker.protocol.FileOptions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How files are read, by the names that requests use; what is not known is left out. */
public final class OptionTexts {
    private OptionTexts() {}

    public static Map<String, Object> of(FileOptions options) {
        Map<String, Object> texts = new LinkedHashMap<>();
        put(texts, "format", word(options.format()));
        put(texts, "encoding", options.encoding());
        put(texts, "delimiter", options.delimiter());
        put(texts, "quote", options.quote());
        put(texts, "escape", options.escape());
        put(texts, "comment", options.comment());
        put(texts, "header", options.header());
        put(texts, "skip_lines", options.skipLines());
        put(texts, "decimal", options.decimal());
        put(texts, "thousands", options.thousands());
        put(texts, "date_order", word(options.dateOrder()));
        put(texts, "null_words", options.nullWords());
        put(texts, "sheet", options.sheet());
        put(texts, "range", options.range());
        return texts;
    }

    private static @Nullable String word(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
    }

    private static void put(Map<String, Object> texts, String name, @Nullable Object value) {
        if (value != null) {
            texts.put(name, value);
        }
    }
}
