/** One statement's way: what it asks, what it may touch, which files that means, a worker's run, and its result. */
@ApplicationModule(allowedDependencies = {"platform", "access", "storage", "catalog"})
@NullMarked
package dev.tarn.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
