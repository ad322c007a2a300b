/** Statements of callers: admission, time, cancelling, metering. */
@ApplicationModule(allowedDependencies = {"platform", "access", "usage", "engine"})
@NullMarked
package dev.tarn.sql;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
