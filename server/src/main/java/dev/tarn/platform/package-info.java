/** What every module stands on: clock, ids, database, errors, limits, and the worker processes. */
@org.springframework.modulith.ApplicationModule(
        type = org.springframework.modulith.ApplicationModule.Type.OPEN,
        allowedDependencies = {})
@NullMarked
package dev.tarn.platform;

import org.jspecify.annotations.NullMarked;
