/** Upkeep of tables beside Spark. */
@NullMarked
package dev.tarn.bench.upkeep;

import org.jspecify.annotations.NullMarked;
