@NullMarked
package dev.tarn.backup;

import org.jspecify.annotations.NullMarked;
