@NullMarked
package dev.tarn.bench.tpch;

import org.jspecify.annotations.NullMarked;
