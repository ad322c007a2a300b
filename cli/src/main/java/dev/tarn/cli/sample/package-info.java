/** The retail sample: four tables that look like a shop's, made from a seed. */
@NullMarked
package dev.tarn.cli.sample;

import org.jspecify.annotations.NullMarked;
