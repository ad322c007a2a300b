/** Tarn: one server that is a whole lakehouse. */
@NullMarked
package dev.tarn;

import org.jspecify.annotations.NullMarked;
