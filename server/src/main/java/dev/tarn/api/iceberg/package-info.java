/** Iceberg's REST catalog: {@code contracts/iceberg.yaml}. */
@ApplicationModule(
        id = "api.iceberg",
        allowedDependencies = {"platform", "access", "catalog", "storage", "api"})
@NullMarked
package dev.tarn.api.iceberg;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
