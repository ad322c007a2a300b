/** The Data-ML contract: {@code contracts/data-ml.yaml}. */
@ApplicationModule(
        id = "api.dataml",
        allowedDependencies = {"platform", "access", "api"})
@NullMarked
package dev.tarn.api.dataml;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
