@NullMarked
package dev.tarn.api.datalinks;

import org.jspecify.annotations.NullMarked;
