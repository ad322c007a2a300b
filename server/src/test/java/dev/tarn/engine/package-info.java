@NullMarked
package dev.tarn.engine;

import org.jspecify.annotations.NullMarked;
