@NullMarked
package dev.tarn.adoption;

import org.jspecify.annotations.NullMarked;
