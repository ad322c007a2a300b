@NullMarked
package dev.tarn.bench.harness;

import org.jspecify.annotations.NullMarked;
