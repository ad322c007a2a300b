/** Where files live: the warehouse, durable table files, and the intents that say which files a cut-off write left. */
@ApplicationModule(allowedDependencies = {"platform", "access"})
@NullMarked
package dev.tarn.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
