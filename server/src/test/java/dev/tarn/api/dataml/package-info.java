@NullMarked
package dev.tarn.api.dataml;

import org.jspecify.annotations.NullMarked;
