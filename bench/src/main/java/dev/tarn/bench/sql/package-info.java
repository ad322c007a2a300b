/** Statements: how fast small ones are, and what changing rows costs. */
@NullMarked
package dev.tarn.bench.sql;

import org.jspecify.annotations.NullMarked;
