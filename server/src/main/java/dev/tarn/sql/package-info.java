/** Statements of callers: admission, time, cancelling, metering; profiles of tables. */
@ApplicationModule(allowedDependencies = {"platform", "access", "storage", "jobs", "usage", "catalog", "engine"})
@NullMarked
package dev.tarn.sql;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
