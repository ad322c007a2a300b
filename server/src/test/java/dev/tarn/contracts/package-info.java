/** Holds the contract files to the list of operations and to themselves, and writes a page of docs about each. */
@NullMarked
package dev.tarn.contracts;

import org.jspecify.annotations.NullMarked;
