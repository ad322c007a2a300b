/** Which tables exist and what they hold: names, namespaces, schemas, snapshots and their commits. */
@ApplicationModule(allowedDependencies = {"platform", "access", "storage"})
@NullMarked
package dev.tarn.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
