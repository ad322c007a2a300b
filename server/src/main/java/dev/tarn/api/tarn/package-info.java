/** Our own API, {@code /tarn/v1}: what the console and the command line call and no published contract has. */
@ApplicationModule(
        id = "api.tarn",
        allowedDependencies = {
            "platform",
            "access",
            "usage",
            "catalog",
            "adoption",
            "engine",
            "jobs",
            "sql",
            "upkeep",
            "loading",
            "api"
        })
@NullMarked
package dev.tarn.api.tarn;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
