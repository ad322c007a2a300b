/** The DataLynxr contract: {@code contracts/datalynxr.yaml}. */
@ApplicationModule(id = "api.datalynxr", allowedDependencies = {"platform", "access", "engine", "sql", "api"})
@NullMarked
package dev.tarn.api.datalynxr;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
