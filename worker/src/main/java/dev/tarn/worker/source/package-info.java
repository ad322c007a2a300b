/**
 * From the files that were sent to the files that are meant: unpacked, one by one, each of a known format and encoding. Whatever
 * is wrong with them is a {@link dev.tarn.worker.source.SourceException}, an {@code IOException} with the failure in our words.
 */
@NullMarked
package dev.tarn.worker.source;

import org.jspecify.annotations.NullMarked;
