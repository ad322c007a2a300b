/** The durable queue: work that goes on without its caller, on any server, and is neither run twice at a time nor forgotten. */
@ApplicationModule(allowedDependencies = {"platform", "access"})
@NullMarked
package dev.tarn.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
