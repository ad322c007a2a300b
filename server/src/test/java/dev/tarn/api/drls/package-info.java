/** Golden tests of the DRLS contract. */
@NullMarked
package dev.tarn.api.drls;

import org.jspecify.annotations.NullMarked;
