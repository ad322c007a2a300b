/** The search over tables, columns and descriptions in a tenant of many tables. */
@NullMarked
package dev.tarn.bench.search;

import org.jspecify.annotations.NullMarked;
