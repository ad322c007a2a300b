/** What every benchmark needs: a server of its own, CPU accounting, and the places where figures go. */
@NullMarked
package dev.tarn.bench.harness;

import org.jspecify.annotations.NullMarked;
