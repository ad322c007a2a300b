/** The DataLinks contract: {@code contracts/datalinks.yaml}. */
@ApplicationModule(
        id = "api.datalinks",
        allowedDependencies = {"platform", "access", "usage", "catalog", "api"})
@NullMarked
package dev.tarn.api.datalinks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
