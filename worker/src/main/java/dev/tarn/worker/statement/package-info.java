/** Statements: their syntax trees, and running one over the files that the server planned. */
@NullMarked
package dev.tarn.worker.statement;

import org.jspecify.annotations.NullMarked;
