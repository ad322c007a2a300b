/** What every contract's adapter shares: path owners, failures in each shape, credentials, limits, paging, idempotency. */
@ApplicationModule(allowedDependencies = {"platform", "access", "usage", "engine", "sql"})
@NullMarked
package dev.tarn.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
