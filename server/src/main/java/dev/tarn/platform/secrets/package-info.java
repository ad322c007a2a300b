/** Secrets at rest: what the server must be able to use again is kept encrypted, under a key that is not in the database. */
@NullMarked
package dev.tarn.platform.secrets;

import org.jspecify.annotations.NullMarked;
