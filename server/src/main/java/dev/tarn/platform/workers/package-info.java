/** Child processes that run what is heavy, native or somebody else's text. */
@NullMarked
package dev.tarn.platform.workers;

import org.jspecify.annotations.NullMarked;
