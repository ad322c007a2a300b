/** Tables that exist elsewhere become the tenant's, where they are: one metadata file, or a whole catalog of another's. */
@ApplicationModule(allowedDependencies = {"platform", "access", "storage", "jobs", "catalog"})
@NullMarked
package dev.tarn.adoption;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
