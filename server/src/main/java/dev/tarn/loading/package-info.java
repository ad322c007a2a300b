/** Files into tables: an upload becomes data files and one commit, or nothing. */
@ApplicationModule(allowedDependencies = {"platform", "access", "usage", "storage", "catalog", "engine"})
@NullMarked
package dev.tarn.loading;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
