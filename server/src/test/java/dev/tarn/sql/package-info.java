@NullMarked
package dev.tarn.sql;

import org.jspecify.annotations.NullMarked;
