/** Tables that stay fast: their health, compaction, expiry, orphan files, and policies that do all that by themselves. */
@ApplicationModule(allowedDependencies = {"platform", "access", "storage", "jobs", "usage", "catalog", "engine"})
@NullMarked
package dev.tarn.upkeep;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
