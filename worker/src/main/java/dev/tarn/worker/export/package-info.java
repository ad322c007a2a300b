/**
 * Results as files. Values read as in the server's JSON answers, whatever the format: every digit, ISO 8601, base64; see {@code
 * docs/export.md}.
 */
@NullMarked
package dev.tarn.worker.export;

import org.jspecify.annotations.NullMarked;
