/** Iceberg's REST catalog, beside Iceberg's own server of it. */
@NullMarked
package dev.tarn.bench.catalog;

import org.jspecify.annotations.NullMarked;
