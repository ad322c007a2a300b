/** {@code ./build bench NAME}: a claim of speed is a benchmark that runs the peer beside us and prints a ratio. */
@NullMarked
package dev.tarn.bench;

import org.jspecify.annotations.NullMarked;
