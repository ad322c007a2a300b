@NullMarked
package dev.tarn.platform.secrets;

import org.jspecify.annotations.NullMarked;
