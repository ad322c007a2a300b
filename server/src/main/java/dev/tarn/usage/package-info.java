/** What was used: every statement, load and call, metered off the path of requests. */
@ApplicationModule(allowedDependencies = {"platform", "access"})
@NullMarked
package dev.tarn.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
