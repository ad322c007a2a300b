/** Pages of {@code docs/} that are made from code, and the tests that fail when one is stale. */
@NullMarked
package dev.tarn.docs;

import org.jspecify.annotations.NullMarked;
