/** A text of statements, cut as DuckDB's lexer would cut it. */
@NullMarked
package dev.tarn.cli.statement;

import org.jspecify.annotations.NullMarked;
