@NullMarked
package dev.tarn.platform.workers;

import org.jspecify.annotations.NullMarked;
