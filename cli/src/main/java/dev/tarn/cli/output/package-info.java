/** Rows as text: aligned tables and CSV, written while they arrive. */
@NullMarked
package dev.tarn.cli.output;

import org.jspecify.annotations.NullMarked;
