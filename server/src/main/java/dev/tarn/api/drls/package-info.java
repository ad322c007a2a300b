/** The DRLS contract: {@code contracts/drls.yaml}. */
@ApplicationModule(
        id = "api.drls",
        allowedDependencies = {"platform", "access", "jobs", "catalog", "adoption", "upkeep", "api"})
@NullMarked
package dev.tarn.api.drls;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
