package dev.tarn.worker.load;

import dev.tarn.worker.protocol.FileOptions;
import java.util.List;

/**
 * The files of a load as texts in cells.
 *
 * @param options as they were told or found, but for what only the values tell
 * @param warnings whole sentences
 */
record TextSources(List<TextSource> all, FileOptions options, List<String> warnings) {}
